ALTER TABLE things ADD COLUMN colour TEXT NOT NULL DEFAULT 'grey';

INSERT INTO nowhere (name) VALUES ('anvil');
