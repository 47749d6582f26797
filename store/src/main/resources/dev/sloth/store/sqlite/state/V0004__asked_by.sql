-- Who asked for a run, as whoever keeps it writes it. Of those before, nobody looked.

ALTER TABLE runs ADD COLUMN asked_by TEXT NOT NULL DEFAULT '';
