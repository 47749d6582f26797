package dev.sloth.plugins.data;

import dev.sloth.api.value.Allowance;
import dev.sloth.api.value.Data;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Reads XML into tables: attributes as `@name`, text beside elements as `#text`, an element that
/// comes several times as a list. Document types, and with them entities of any kind, are refused.
final class Xml {
    static final String ATTRIBUTE = "@";
    static final String TEXT = "#text";

    /// About what one element or attribute takes: a table, and lists of those inside while reading.
    private static final int NODE_BYTES = 6 * Data.VALUE_BYTES;

    private final XMLStreamReader reader;
    private final DocumentBounds bounds;
    private final Allowance allowance;
    private int nodes;

    private Xml(XMLStreamReader reader, DocumentBounds bounds) {
        this.reader = reader;
        this.bounds = bounds;
        this.allowance = bounds.allowance().inSteps();
    }

    /// A table with one field: the root element by its name.
    static Parsed parse(byte[] bytes, DocumentBounds bounds) {
        try {
            var text = Strict.document(bytes, bounds);
            var reader = factory().createXMLStreamReader(new StringReader(text));
            return new Parsed.Good(new Xml(reader, bounds).document());
        } catch (Malformed m) {
            return m.bad();
        } catch (XMLStreamException e) {
            var at = e.getLocation();
            return at == null
                    ? new Parsed.Bad(sentence(e), 0, 0)
                    : new Parsed.Bad(
                            sentence(e),
                            Math.max(at.getLineNumber(), 0),
                            Math.max(at.getColumnNumber(), 0));
        }
    }

    private static XMLInputFactory factory() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    /// The library puts its own words and place before the message.
    private static String sentence(XMLStreamException e) {
        var message = String.valueOf(e.getMessage());
        int at = message.indexOf("Message: ");
        return at < 0 ? message : message.substring(at + "Message: ".length());
    }

    private DataTable document() throws XMLStreamException {
        var table = new DataTable();
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.DTD) {
                throw malformed("document types are refused");
            }
            if (event == XMLStreamConstants.START_ELEMENT) {
                table.put(reader.getLocalName(), element(1));
            }
        }
        return table;
    }

    private Value element(int depth) throws XMLStreamException {
        if (depth >= bounds.depth()) {
            throw malformed("nests deeper than " + bounds.depth() + " levels");
        }
        count();
        var table = new DataTable();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            count();
            table.put(
                    ATTRIBUTE + reader.getAttributeLocalName(i), text(reader.getAttributeValue(i)));
        }
        var children = new LinkedHashMap<String, List<Value>>();
        var text = new StringBuilder();
        content(children, text, depth);
        children.forEach((name, all) ->
                table.put(name, all.size() == 1 ? all.getFirst() : DataTable.list(all)));
        if (table.entries().isEmpty()) {
            return text(text.toString());
        }
        if (!text.toString().isBlank()) {
            table.put(TEXT, text(text.toString()));
        }
        return table;
    }

    private void content(Map<String, List<Value>> children, StringBuilder text, int depth)
            throws XMLStreamException {
        while (true) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    var name = reader.getLocalName();
                    var child = element(depth + 1);
                    children.computeIfAbsent(name, _ -> new ArrayList<>()).add(child);
                }
                case XMLStreamConstants.CHARACTERS,
                        XMLStreamConstants.CDATA,
                        XMLStreamConstants.SPACE -> {
                    allowance.take(2L * reader.getTextLength());
                    text.append(reader.getText());
                }
                case XMLStreamConstants.ENTITY_REFERENCE ->
                        throw malformed("the entity " + reader.getLocalName() + " is not known");
                case XMLStreamConstants.END_ELEMENT -> {
                    return;
                }
                default -> {}
            }
        }
    }

    private void count() {
        if (++nodes > bounds.nodes()) {
            throw malformed("holds more than " + bounds.nodes() + " nodes");
        }
        allowance.take(NODE_BYTES);
    }

    private Text text(String characters) {
        allowance.take(characters.length());
        var at = reader.getLocation();
        return Strict.text(characters, at.getLineNumber(), at.getColumnNumber());
    }

    private Malformed malformed(String message) {
        var at = reader.getLocation();
        return new Malformed(message, at.getLineNumber(), at.getColumnNumber());
    }
}
