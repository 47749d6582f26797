package dev.sloth.plugins.data;

import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.value.Allowance;
import dev.sloth.api.value.Data;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.value.Draft;
import dev.sloth.plugins.value.Lists;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Comma-separated values as RFC 4180 has them. Bytes stay as they are: only quotes, line ends and
/// the separator are looked at, so any encoding that contains ASCII passes through.
final class Csv {
    private static final String BYTE_ORDER_MARK = "\u00EF\u00BB\u00BF";

    private final String text;
    private final char separator;
    private final int nodesMax;
    private final Allowance allowance;
    private int at;
    private int line = 1;
    private int lineStart;
    private int nodes;

    private Csv(String text, char separator, DocumentBounds bounds) {
        this.text = text;
        this.separator = separator;
        this.nodesMax = bounds.nodes();
        this.allowance = bounds.allowance().inSteps();
    }

    /// Reads rows of fields. Empty lines are left out.
    static Parsed parse(byte[] bytes, char separator, DocumentBounds bounds) {
        if (bytes.length > bounds.bytes()) {
            return new Parsed.Bad(
                    "the text has %d bytes; at most %d are read"
                            .formatted(bytes.length, bounds.bytes()),
                    0,
                    0);
        }
        bounds.allowance().take(bytes.length);
        var text = new String(bytes, StandardCharsets.ISO_8859_1);
        if (text.startsWith(BYTE_ORDER_MARK)) {
            text = text.substring(BYTE_ORDER_MARK.length());
        }
        try {
            return new Parsed.Good(new Csv(text, separator, bounds).rows());
        } catch (Malformed m) {
            return m.bad();
        }
    }

    private DataTable rows() {
        var rows = new ArrayList<Value>();
        while (at < text.length()) {
            if (!lineEnd()) {
                rows.add(row());
            }
        }
        return DataTable.list(rows);
    }

    private DataTable row() {
        allowance.take(2 * Data.VALUE_BYTES);
        var fields = new ArrayList<Value>();
        do {
            if (++nodes > nodesMax) {
                throw malformed("holds more than " + nodesMax + " fields");
            }
            var field = field();
            allowance.take(2 * Data.VALUE_BYTES + field.bytes().length);
            fields.add(field);
        } while (separator());
        if (at < text.length() && !lineEnd()) {
            throw malformed("text after the closing quote of a field");
        }
        return DataTable.list(fields);
    }

    private boolean separator() {
        if (at < text.length() && text.charAt(at) == separator) {
            at++;
            return true;
        }
        return false;
    }

    private boolean lineEnd() {
        if (text.startsWith("\r\n", at)) {
            at++;
        } else if (text.charAt(at) != '\n' && text.charAt(at) != '\r') {
            return false;
        }
        at++;
        newLine();
        return true;
    }

    private void newLine() {
        line++;
        lineStart = at;
    }

    private Text field() {
        if (at < text.length() && text.charAt(at) == '"') {
            return quoted();
        }
        int from = at;
        while (at < text.length() && !plainEnd(text.charAt(at))) {
            at++;
        }
        return bytes(text.substring(from, at));
    }

    private boolean plainEnd(char c) {
        return c == separator || c == '\n' || c == '\r';
    }

    private Text quoted() {
        var open = malformed("the quote that opens here is not closed");
        var field = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '\n') {
                newLine();
            }
            if (c != '"') {
                field.append(c);
            } else if (at < text.length() && text.charAt(at) == '"') {
                field.append('"');
                at++;
            } else {
                return bytes(field.toString());
            }
        }
        throw open;
    }

    private Malformed malformed(String message) {
        return new Malformed(message, line, at - lineStart + 1);
    }

    private static Text bytes(String latin) {
        return Text.ofBytes(latin.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// The rows with the first one taken as names of the others' fields.
    static DataTable named(DataTable rows, Allowance allowance) {
        var paying = allowance.inSteps();
        var items = Lists.items(rows);
        if (items.isEmpty()) {
            return rows;
        }
        var names = Lists.items((DataTable) items.getFirst());
        var named = new ArrayList<Value>();
        for (var row : items.subList(1, items.size())) {
            var fields = Lists.items((DataTable) row);
            var table = new DataTable();
            for (int i = 0; i < Math.min(names.size(), fields.size()); i++) {
                paying.take(2 * Data.VALUE_BYTES);
                table.put(names.get(i), fields.get(i));
            }
            named.add(table);
        }
        return DataTable.list(named);
    }

    /// Rows as text, each ended by a line feed.
    ///
    /// @throws CallFailure when a row is not a list of texts, numbers or booleans
    static Text generate(Value.Table rows, char separator, Allowance allowance) {
        var out = new Draft(allowance, DocumentBounds.STANDARD.bytes());
        int count = rows.length();
        for (int i = 1; i <= count; i++) {
            if (!(rows.at(i) instanceof Value.Table row)) {
                throw new CallFailure("rows[" + i + "] is not a list of fields");
            }
            if (row.entries().size() != row.length()) {
                throw new CallFailure(
                        "rows["
                                + i
                                + "] has fields by name or holes; a row is a list in the order of"
                                + " the columns");
            }
            line(Lists.items(row), "rows[" + i + "]", separator, out);
        }
        return Text.ofBytes(out.bytes(StandardCharsets.ISO_8859_1));
    }

    private static void line(List<Value> fields, String where, char separator, Draft out) {
        for (int i = 0; i < fields.size(); i++) {
            if (i > 0) {
                out.append(separator);
            }
            field(latin(fields.get(i), where + "[" + (i + 1) + "]"), separator, out);
        }
        out.append('\n');
    }

    private static String latin(Value field, String where) {
        var bytes =
                field instanceof Text t
                        ? t.bytes()
                        : Lists.text(field, where).getBytes(StandardCharsets.UTF_8);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static void field(String field, char separator, Draft out) {
        boolean plain =
                !field.isEmpty()
                        && field.chars()
                                .noneMatch(
                                        c -> c == '"' || c == separator || c == '\n' || c == '\r');
        if (plain) {
            out.append(field);
            return;
        }
        out.append('"');
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c == '"') {
                out.append('"');
            }
            out.append(c);
        }
        out.append('"');
    }
}
