"""What every importer yields, and the rules that all imports share."""
