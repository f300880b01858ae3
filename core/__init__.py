"""The whole program without a screen: books, importing rules, analysis, segments and use cases."""
