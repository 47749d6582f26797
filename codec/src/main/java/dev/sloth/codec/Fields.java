package dev.sloth.codec;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The fields of an object: what must be there is asked for by name, what may be absent with what
/// its absence means. Those that nobody asks for are passed over.
public record Fields(Map<String, Json> all) {
    public Json at(String name) {
        return find(name).orElseThrow(() -> Damage.found("'" + name + "' is missing"));
    }

    Optional<Json> find(String name) {
        return Optional.ofNullable(all.get(name));
    }

    /// The field, read; or what its absence means.
    public <T> T or(String name, T usual, Function<Json, T> read) {
        var there = all.get(name);
        return there == null ? usual : read.apply(there);
    }

    public String text(String name) {
        return at(name).text();
    }

    public String text(String name, String usual) {
        return or(name, usual, Json::text);
    }

    public boolean flag(String name, boolean usual) {
        return or(name, usual, Json::flag);
    }

    public boolean flag(String name) {
        return at(name).flag();
    }

    public int count(String name) {
        return Integer.parseInt(at(name).digits());
    }

    public int count(String name, int usual) {
        return or(name, usual, json -> Integer.parseInt(json.digits()));
    }

    public long number(String name) {
        return Long.parseLong(at(name).digits());
    }

    public Instant instant(String name) {
        return Seconds.instant(at(name).digits());
    }

    public Instant instant(String name, Instant usual) {
        return or(name, usual, json -> Seconds.instant(json.digits()));
    }

    Duration duration(String name, Duration usual) {
        return or(name, usual, json -> Seconds.duration(json.digits()));
    }

    public <E extends Enum<E>> E word(String name, E[] all) {
        return Words.read(at(name).text(), all);
    }

    public <E extends Enum<E>> E word(String name, E usual, E[] all) {
        return or(name, usual, json -> Words.read(json.text(), all));
    }

    /// A list; empty when absent.
    <T> List<T> list(String name, Function<Json, T> item) {
        return or(name, List.of(), json -> json.items().stream().map(item).toList());
    }

    /// A table from texts; empty when absent. See [Pen#map].
    <T> Map<String, T> map(String name, Function<Json, T> item) {
        var read = new LinkedHashMap<String, T>();
        switch (or(name, new Json.Items(new ArrayList<>()), json -> json)) {
            case Json.Fielded(var named) ->
                    named.forEach((key, value) -> read.put(key, item.apply(value)));
            case Json.Items(var flat) -> {
                for (int i = 0; i + 1 < flat.size(); i += 2) {
                    read.put(flat.get(i).text(), item.apply(flat.get(i + 1)));
                }
                if (flat.size() != 2 * read.size()) {
                    throw Damage.found("'" + name + "' is no table");
                }
            }
            case Json.Nothing _, Json.Bool _, Json.Num _, Json.Text _ ->
                    throw Damage.found("'" + name + "' is no table");
        }
        return read;
    }
}
