package dev.sloth.cli.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Rows under headings, each column as wide as its widest cell.
public final class TextTable {
    private static final String GAP = "  ";

    private final List<String> headings;
    private final List<List<String>> rows = new ArrayList<>();

    public TextTable(String... headings) {
        this.headings = List.of(headings);
    }

    /// Adds a row with a cell for each heading.
    public void row(String... cells) {
        if (cells.length != headings.size()) {
            throw new IllegalArgumentException(
                    "expected " + headings.size() + " cells, got " + Arrays.toString(cells));
        }
        rows.add(Arrays.stream(cells).map(Columns::tame).toList());
    }

    /// The last column is cut so that lines have at most `width` columns; 0 means never.
    public List<String> lines(int width) {
        var widths = new int[headings.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Columns.width(headings.get(i));
            for (var row : rows) {
                widths[i] = Math.max(widths[i], Columns.width(row.get(i)));
            }
        }
        var lines = new ArrayList<String>();
        lines.add(line(headings, widths, width));
        rows.forEach(row -> lines.add(line(row, widths, width)));
        return lines;
    }

    private static String line(List<String> cells, int[] widths, int width) {
        var line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(i == 0 ? "" : GAP).append(Columns.pad(cells.get(i), widths[i]));
        }
        var text = line.toString().stripTrailing();
        return width > 0 ? Columns.cut(text, width) : text;
    }
}
