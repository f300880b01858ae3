"""The tables of a book and how older books are brought up to date."""

from sqlite_utils import Database, Migrations

APPLICATION_ID = 0x514E544C  # "QNTL"
VERSION = 1  # kept in user_version; one more for each migration

migrations = Migrations("quintile")

# Tables without row numbers begin with the columns of their key: SQLite 3.40 finds them damaged otherwise.
_TABLES = """
CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE events (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    detail TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;
CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events
    BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END;
CREATE TRIGGER events_are_never_deleted BEFORE DELETE ON events
    BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END;

CREATE TABLE imports (
    id INTEGER PRIMARY KEY,
    format TEXT NOT NULL,
    source_system TEXT NOT NULL,
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    imported_at TEXT NOT NULL,
    undone_at TEXT,
    basis TEXT NOT NULL,
    mapping TEXT NOT NULL,
    totals TEXT NOT NULL,      -- control totals as JSON, see core/usecases/import_files.py
    row_digest TEXT NOT NULL   -- SHA-256 of the rows that it added
) STRICT;

CREATE TABLE import_issues (
    id INTEGER PRIMARY KEY,
    import_id INTEGER NOT NULL REFERENCES imports(id),
    row INTEGER NOT NULL,
    field TEXT NOT NULL,
    severity TEXT NOT NULL,
    message TEXT NOT NULL
) STRICT;
CREATE INDEX import_issues_by_import ON import_issues(import_id);

CREATE TABLE column_mappings (
    fingerprint TEXT PRIMARY KEY,
    format TEXT NOT NULL,
    mapping TEXT NOT NULL
) STRICT;

CREATE TABLE customers (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    import_id INTEGER NOT NULL REFERENCES imports(id)
) STRICT;

CREATE TABLE customer_keys (
    source_system TEXT NOT NULL,
    key TEXT NOT NULL,
    customer_id INTEGER NOT NULL REFERENCES customers(id),
    import_id INTEGER NOT NULL REFERENCES imports(id),
    PRIMARY KEY (source_system, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_keys_by_customer ON customer_keys(customer_id);

CREATE TABLE customer_attributes (   -- contact data too: email, phone, city, region, postcode, country
    customer_id INTEGER NOT NULL REFERENCES customers(id),
    name TEXT NOT NULL,              -- the newest import (or hand edit) that states a name wins
    import_id INTEGER NOT NULL REFERENCES imports(id),
    value TEXT NOT NULL,
    source_system TEXT NOT NULL,
    as_of TEXT NOT NULL,
    PRIMARY KEY (customer_id, name, import_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE items (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    category TEXT NOT NULL,
    import_id INTEGER NOT NULL REFERENCES imports(id)
) STRICT;

CREATE TABLE item_descriptions (     -- what an item list says; the newest import wins over `items`
    item_id INTEGER NOT NULL REFERENCES items(id),
    import_id INTEGER NOT NULL REFERENCES imports(id),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    category TEXT NOT NULL,
    PRIMARY KEY (item_id, import_id)
) STRICT, WITHOUT ROWID;
CREATE VIEW items_now AS
    SELECT items.id, coalesce(said.code, items.code) AS code, coalesce(said.name, items.name) AS name,
        coalesce(nullif(said.category, ''), items.category) AS category
    FROM items LEFT JOIN (
        SELECT item_id, code, name, category, max(import_id) FROM item_descriptions GROUP BY item_id
    ) AS said ON said.item_id = items.id;

CREATE TABLE item_keys (             -- a code or name by which documents and lists know the item
    key TEXT PRIMARY KEY,
    item_id INTEGER NOT NULL REFERENCES items(id),
    import_id INTEGER NOT NULL REFERENCES imports(id)
) STRICT, WITHOUT ROWID;

CREATE TABLE item_costs (
    item_id INTEGER NOT NULL REFERENCES items(id),
    valid_from TEXT NOT NULL,  -- '' = always
    import_id INTEGER NOT NULL REFERENCES imports(id),
    unit_cost_minor INTEGER NOT NULL,
    PRIMARY KEY (item_id, valid_from, import_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE documents (
    id INTEGER PRIMARY KEY,
    import_id INTEGER NOT NULL REFERENCES imports(id),
    source_system TEXT NOT NULL,
    document_key TEXT NOT NULL,
    kind TEXT NOT NULL,
    number TEXT NOT NULL,
    date TEXT NOT NULL,
    customer_id INTEGER REFERENCES customers(id),
    currency TEXT NOT NULL,
    rate TEXT NOT NULL,              -- '' = the book's currency, '?' = foreign and no rate known: in no figure
    channel TEXT NOT NULL,
    digest INTEGER NOT NULL,         -- tells a changed document from the same one
    replaced_by INTEGER REFERENCES imports(id)  -- the import that brought a newer version
) STRICT;
CREATE UNIQUE INDEX documents_by_key ON documents(source_system, document_key, import_id);

CREATE TABLE document_lines (
    id INTEGER PRIMARY KEY,
    document_id INTEGER NOT NULL REFERENCES documents(id),
    row INTEGER NOT NULL,
    item_id INTEGER REFERENCES items(id),
    description TEXT NOT NULL,
    quantity_millionths INTEGER,     -- exact: hours, kilograms, pieces; NULL unknown
    gross_minor INTEGER NOT NULL,
    discount_minor INTEGER NOT NULL,
    net_minor INTEGER NOT NULL,
    tax_minor INTEGER NOT NULL,
    cost_minor INTEGER,
    cost_basis TEXT NOT NULL
) STRICT;
CREATE INDEX document_lines_by_document ON document_lines(document_id);

CREATE TABLE foreign_lines (         -- amounts as written, of documents in another currency
    line_id INTEGER PRIMARY KEY REFERENCES document_lines(id) ON DELETE CASCADE,
    net_minor INTEGER NOT NULL,
    tax_minor INTEGER NOT NULL,
    cost_minor INTEGER
) STRICT;

CREATE TABLE accounts (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    import_id INTEGER NOT NULL REFERENCES imports(id)
) STRICT;

CREATE TABLE postings (
    id INTEGER PRIMARY KEY,
    import_id INTEGER NOT NULL REFERENCES imports(id),
    row INTEGER NOT NULL,
    date TEXT NOT NULL,
    account_id INTEGER NOT NULL REFERENCES accounts(id),
    entry TEXT NOT NULL,
    customer_id INTEGER REFERENCES customers(id),
    memo TEXT NOT NULL,
    amount_minor INTEGER NOT NULL,   -- debit positive
    row_hash INTEGER NOT NULL,
    occurrence INTEGER NOT NULL      -- the how-many-th row with this hash in its file
) STRICT;
CREATE UNIQUE INDEX postings_by_row ON postings(row_hash, occurrence);

CREATE TABLE cost_pools (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    driver TEXT NOT NULL,            -- 'revenue', 'orders', 'lines', 'equal'
    position INTEGER NOT NULL
) STRICT;
CREATE TABLE cost_pool_accounts (
    account_id INTEGER PRIMARY KEY REFERENCES accounts(id),
    pool_id INTEGER NOT NULL REFERENCES cost_pools(id) ON DELETE CASCADE
) STRICT;

CREATE TABLE accepted_differences (
    id INTEGER PRIMARY KEY,
    check_key TEXT NOT NULL,
    period TEXT NOT NULL,            -- '2026-10'
    amount_minor INTEGER NOT NULL,
    reason TEXT NOT NULL,
    author TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;
CREATE TABLE sign_offs (
    period TEXT PRIMARY KEY,
    author TEXT NOT NULL,
    at TEXT NOT NULL,
    summary TEXT NOT NULL
) STRICT;

CREATE TABLE schemes (
    key TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    method TEXT NOT NULL,            -- key of a method on the shelf
    definition TEXT NOT NULL,        -- JSON: what the method needs (ordered segments with their rules ...)
    version INTEGER NOT NULL,
    position INTEGER NOT NULL
) STRICT;

CREATE TABLE overrides (
    id INTEGER PRIMARY KEY,
    scheme_key TEXT NOT NULL REFERENCES schemes(key),
    customer_id INTEGER NOT NULL REFERENCES customers(id),
    segment TEXT NOT NULL,
    reason TEXT NOT NULL,
    author TEXT NOT NULL,
    created TEXT NOT NULL,
    expires TEXT,
    UNIQUE (scheme_key, customer_id)
) STRICT;

CREATE TABLE customer_notes (
    id INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customers(id),
    author TEXT NOT NULL,
    at TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;

CREATE TABLE closes (
    id INTEGER PRIMARY KEY,
    month TEXT NOT NULL UNIQUE,      -- '2026-10'
    closed_at TEXT NOT NULL,
    author TEXT NOT NULL,
    settings TEXT NOT NULL,          -- JSON: schemes, pools, settings as they were
    data_digest TEXT NOT NULL
) STRICT;
CREATE TABLE close_memberships (
    close_id INTEGER NOT NULL REFERENCES closes(id) ON DELETE CASCADE,
    scheme_key TEXT NOT NULL,
    customer_id INTEGER NOT NULL REFERENCES customers(id),
    segment TEXT NOT NULL,
    origin TEXT NOT NULL,            -- 'rule' or 'manual'
    why TEXT NOT NULL,
    PRIMARY KEY (close_id, scheme_key, customer_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE close_figures (
    close_id INTEGER NOT NULL REFERENCES closes(id) ON DELETE CASCADE,
    customer_id INTEGER NOT NULL REFERENCES customers(id),
    net_revenue_minor INTEGER NOT NULL,
    contribution_minor INTEGER,
    PRIMARY KEY (close_id, customer_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE issued_reports (
    id INTEGER PRIMARY KEY,
    period TEXT NOT NULL,
    issued_at TEXT NOT NULL,
    author TEXT NOT NULL,
    content TEXT NOT NULL,           -- the report as text, with every figure
    data_digest TEXT NOT NULL,
    pdf_sha256 TEXT NOT NULL,
    xlsx_sha256 TEXT NOT NULL
) STRICT;
CREATE TABLE commentaries (
    period TEXT NOT NULL,
    section TEXT NOT NULL,
    text TEXT NOT NULL,
    reviewed INTEGER NOT NULL,
    PRIMARY KEY (period, section)
) STRICT, WITHOUT ROWID;
"""


@migrations(name="001 the first tables")
def first_tables(db: Database) -> None:
    """Make every table of a new book."""
    for statement in _statements(_TABLES):
        db.execute(statement)


def _statements(script: str) -> list[str]:
    # executescript would commit the transaction that the migration runs in
    statements, current = [], ""
    for line in script.splitlines():
        current += line.partition("--")[0] + "\n"
        inside_trigger = "TRIGGER" in current and "END;" not in current
        if line.partition("--")[0].rstrip().endswith(";") and not inside_trigger:
            statements.append(current.strip())
            current = ""
    return statements
