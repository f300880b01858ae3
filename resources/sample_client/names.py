"""Names of the sample's customers, all invented; any likeness to a real business is chance."""

# fmt: off
# Name, kind, yearly dollars, orders a year, discount and credit notes per mille, days silent at the end.
NAMED: tuple[tuple[str, str, int, int, int, int, int | None], ...] = (
    ("Copperfield Hotel", "Hotel", 69000, 56, 80, 15, None),
    ("Tern Café", "Café", 58000, 59, 120, 20, None),
    ("Juniper Coffee Bar", "Café", 49600, 71, 80, 15, None),
    ("Quayside Grocers", "Grocer", 41600, 40, 60, 10, None),
    ("Hearth Inn", "Hotel", 41500, 52, 40, 15, None),
    ("Inkwell Inn", "Hotel", 34600, 64, 120, 20, None),
    ("Willow Inn", "Hotel", 33800, 26, 80, 10, None),
    ("Pebble Bistro", "Restaurant", 30600, 44, 120, 15, None),
    ("Oak & Rye Dining Room", "Restaurant", 24900, 52, 150, 25, None),
    ("Tandem Espresso", "Café", 25400, 47, 60, 15, 125),
    ("Oak & Rye Coffee Bar", "Café", 20200, 41, 120, 15, None),
    ("Tern Hotel", "Hotel", 16000, 33, 0, 10, None),
    ("Juniper Bakery", "Café", 24800, 55, 120, 10, 102),
    ("Parlour Coffee Bar", "Café", 15200, 57, 40, 10, None),
    ("Kestrel Kitchen", "Restaurant", 15100, 28, 60, 10, None),
    ("Anchor Coffee House", "Café", 14400, 52, 40, 10, None),
    ("Riverside Inn", "Hotel", 12400, 31, 40, 10, None),
    ("Marigold Hotel", "Hotel", 12500, 24, 40, 10, None),
    ("Jetty Coffee House", "Café", 22300, 40, 120, 20, 84),
    ("Fieldstone Kitchen", "Restaurant", 10400, 78, 240, 120, None),
    ("Old Mill Grocers", "Grocer", 16900, 74, 300, 110, None),
    ("Bramble Table", "Restaurant", 4400, 44, 280, 100, 62),
    ("Kiln Provisions", "Grocer", 11100, 72, 270, 90, None),
    ("Fern Café", "Café", 13300, 82, 300, 80, None),
    ("Mason Kitchen", "Restaurant", 15000, 84, 300, 70, 48),
    ("Poppy Bistro", "Restaurant", 7900, 58, 250, 80, 39),
    ("Meridian Espresso", "Café", 6000, 60, 220, 60, None),
    ("Old Mill Coffee Bar", "Café", 5200, 62, 230, 60, None),
)

SPECIAL_NAMES: tuple[tuple[str, str], ...] = (
    ("Zoë's Larder", "Grocer"),
    ("O'Malley's Corner Café", "Café"),
    ("Marlow & Daughters Grocers", "Grocer"),
    ("Jalapeño Street Kitchen", "Restaurant"),
    ("Brontë Reading Rooms", "Office"),
    ("The Honourable Company of Lakeside Rowers, Anglers and Sunday Breakfast Club", "Office"),
    ("Lark Architects", "Office"),
    ("Tandem Dining Room", "Restaurant"),
    ("Anchor Market", "Grocer"),
    ("Old Mill Bistro", "Restaurant"),
)

PLACE_WORDS = (
    "Alcove", "Amber", "Aspen", "Beacon", "Birch", "Brass Lamp", "Candle", "Cedar", "Clover",
    "Compass", "Corner", "Crane", "Dovecote", "Driftwood", "Elder", "Ember", "Falcon", "Ferry",
    "Flint", "Foundry", "Gable", "Garnet", "Granary", "Heron", "Hollow", "Ivy", "Kettle", "Lantern",
    "Linden", "Lock Keeper", "Magpie", "Mulberry", "Orchard", "Otter", "Paper Mill", "Pier", "Plum",
    "Quarry", "Robin", "Saddler", "Saffron", "Salt", "Sandpiper", "Sparrow", "Thistle", "Tinsmith",
    "Weaver", "Wharf", "Windmill", "Yarrow",
)

PLACE_ENDINGS: dict[str, tuple[str, ...]] = {
    "Café": ("Café", "Coffee House", "Espresso", "Coffee Bar", "Tea Room"),
    "Restaurant": ("Kitchen", "Bistro", "Dining Room", "Table"),
    "Hotel": ("Hotel", "Inn", "Guest House"),
    "Grocer": ("Grocers", "Market", "Provisions"),
    "Office": ("Studio", "Legal", "Partners", "Architects", "Dental", "Clinic"),
}

HOME_NAMES = (
    "Jonas Brandt", "Tara Yilmaz", "Anaïs Perrin", "Bo Lindqvist", "Celia Marchetti", "Dev Raman",
    "Edith Fairweather", "Farid Haddad", "Greta Solberg", "Hugo Álvarez", "Imogen Pike",
    "Jun Takeda", "Kofi Asante", "Leonie Vogt", "Malik Osei", "Nora Kjær", "Owen Tregarth",
    "Priya Nandakumar", "Quentin Rowe", "Rosa Ibáñez", "Sten Öberg", "Tilda Crewe", "Umar Siddiqi",
    "Vera Novotná", "Wanda Kowalczyk", "Yara Mansour",
)
