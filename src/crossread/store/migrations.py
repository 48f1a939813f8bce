"""The shape of the store, as numbered migrations.  A migration is never edited once released: the next change is the next number."""

APPLICATION_ID = 0x43524F53  # "CROS", in the header of the file

MIGRATIONS: tuple[str, ...] = (
    # 1: documents and their ways of arrival, readings, sentences for search, stories, input positions
    """
    CREATE TABLE documents (
        id TEXT PRIMARY KEY,
        content TEXT NOT NULL UNIQUE,
        title TEXT,
        publisher TEXT,
        published TEXT,
        state TEXT NOT NULL CHECK (state IN ('new', 'read', 'failed')),
        attempts INTEGER NOT NULL DEFAULT 0,
        reason TEXT,
        record BLOB NOT NULL
    ) STRICT;
    CREATE INDEX documents_by_state ON documents (state, id);
    CREATE TABLE arrivals (
        document TEXT NOT NULL REFERENCES documents (id),
        source TEXT NOT NULL,
        raw_sha256 TEXT NOT NULL DEFAULT '',
        arrived TEXT NOT NULL,
        PRIMARY KEY (document, source, raw_sha256)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE originals (raw_sha256 TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE readings (
        document TEXT PRIMARY KEY REFERENCES documents (id),
        record BLOB NOT NULL,
        model TEXT NOT NULL,
        code TEXT NOT NULL,
        codebook TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE sentences (
        rowid INTEGER PRIMARY KEY,
        document TEXT NOT NULL REFERENCES documents (id),
        start INTEGER NOT NULL,
        until INTEGER NOT NULL,
        text TEXT NOT NULL
    ) STRICT;
    CREATE INDEX sentences_by_document ON sentences (document, start);
    CREATE VIRTUAL TABLE sentence_search USING fts5 (text, content = 'sentences', tokenize = "unicode61 remove_diacritics 2");
    CREATE TRIGGER sentences_added AFTER INSERT ON sentences BEGIN
        INSERT INTO sentence_search (rowid, text) VALUES (new.rowid, new.text);
    END;
    CREATE TRIGGER sentences_gone AFTER DELETE ON sentences BEGIN
        INSERT INTO sentence_search (sentence_search, rowid, text) VALUES ('delete', old.rowid, old.text);
    END;
    CREATE TABLE stories (id TEXT PRIMARY KEY, title TEXT, record BLOB NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE story_documents (
        story TEXT NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
        document TEXT NOT NULL REFERENCES documents (id),
        PRIMARY KEY (story, document)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE inputs (path TEXT PRIMARY KEY, position INTEGER NOT NULL, fingerprint TEXT NOT NULL) STRICT, WITHOUT ROWID;
    """,
    # 2: the review log (append-only), saved searches, and stamps that say whether stories, readings or documents changed
    """
    CREATE TABLE review (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        at TEXT NOT NULL,
        person TEXT NOT NULL,
        action TEXT NOT NULL,
        finding TEXT NOT NULL,
        details BLOB NOT NULL,
        reason TEXT,
        undoes INTEGER REFERENCES review (seq)
    ) STRICT;
    CREATE INDEX review_by_finding ON review (finding, seq);
    CREATE TRIGGER review_is_not_changed BEFORE UPDATE ON review BEGIN
        SELECT RAISE(ABORT, 'the history of decisions is only added to');
    END;
    CREATE TRIGGER review_is_not_deleted BEFORE DELETE ON review BEGIN
        SELECT RAISE(ABORT, 'the history of decisions is only added to');
    END;
    CREATE TABLE saved_searches (name TEXT PRIMARY KEY, query TEXT NOT NULL, at TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE stamps (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    INSERT INTO stamps VALUES ('documents', 0), ('readings', 0), ('stories', 0);
    CREATE TRIGGER stamp_document_added AFTER INSERT ON documents BEGIN
        UPDATE stamps SET value = value + 1 WHERE name = 'documents';
    END;
    CREATE TRIGGER stamp_document_changed AFTER UPDATE ON documents BEGIN
        UPDATE stamps SET value = value + 1 WHERE name = 'documents';
    END;
    CREATE TRIGGER stamp_reading_added AFTER INSERT ON readings BEGIN
        UPDATE stamps SET value = value + 1 WHERE name = 'readings';
    END;
    CREATE TRIGGER stamp_story_added AFTER INSERT ON stories BEGIN
        UPDATE stamps SET value = value + 1 WHERE name = 'stories';
    END;
    CREATE TRIGGER stamp_story_gone AFTER DELETE ON stories BEGIN
        UPDATE stamps SET value = value + 1 WHERE name = 'stories';
    END;
    """,
)
"""SQL of each schema version; version ``n`` is reached by the first ``n`` scripts."""
