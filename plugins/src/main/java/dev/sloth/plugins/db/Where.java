package dev.sloth.plugins.db;

import dev.sloth.api.plugin.Call;
import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Host;
import dev.sloth.api.plugin.Permission;
import dev.sloth.plugins.value.GivenPath;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Reads where a database is, from the arguments of `db.connect`. Messages never repeat what was
/// given: it may hold a password.
final class Where {
    static final int POSTGRES_PORT = 5_432;
    private static final int PORT_MAX = 65_535;
    private static final Pattern PAIR = Pattern.compile("\\s*(\\w+)\\s*=\\s*('[^']*'|\\S*)");

    /// What an address may set, and what the driver calls it. The driver knows settings that load
    /// classes or write files: those are not among them.
    private static final Map<String, String> SETTINGS =
            Map.of(
                    "sslmode",
                    "sslmode",
                    "sslrootcert",
                    "sslrootcert",
                    "application_name",
                    "ApplicationName",
                    "connect_timeout",
                    "connectTimeout",
                    "search_path",
                    "currentSchema");

    private Where() {}

    static Dialect of(Call call) {
        var driver = call.text("driver").toLowerCase(Locale.ROOT);
        return switch (driver) {
            case "sqlite", "sqlite3" -> sqlite(call);
            case "postgresql", "postgres", "pg", "pgx" -> postgres(call);
            default -> throw new CallFailure("driver is sqlite or postgresql, not " + driver);
        };
    }

    private static void granted(Host host, Permission permission) {
        if (!host.granted().contains(permission)) {
            throw new CallFailure(
                    "%s is not permitted in this script ('db.connect' needs it)"
                            .formatted(permission.name().toLowerCase(Locale.ROOT)));
        }
    }

    private static Dialect sqlite(Call call) {
        granted(call.host(), Permission.FS);
        var given = call.given("dsn") ? call.text("dsn") : call.text("path", "");
        boolean memory = given.equals(":memory:");
        if (given.startsWith("file:") || given.indexOf('?') >= 0) {
            throw new CallFailure("the database of SQLite is a path or :memory:");
        }
        var path = memory ? call.host().folder() : GivenPath.of(call.host(), given, "the path");
        return new Dialect.Sqlite(path, memory, call.flag("read_only", false));
    }

    private static Dialect postgres(Call call) {
        granted(call.host(), Permission.NET);
        var fields = new HashMap<String, String>();
        if (call.given("dsn")) {
            fields.putAll(fields(call.text("dsn")));
        }
        for (var name : new String[] {"host", "port", "database", "user", "password", "sslmode"}) {
            if (call.given(name)) {
                fields.put(name, call.text(name));
            }
        }
        var host = taken(fields, "host", "localhost");
        var port = port(taken(fields, "port", Integer.toString(POSTGRES_PORT)));
        var user = taken(fields, "user", "postgres");
        var database = taken(fields, "database", taken(fields, "dbname", user));
        var password = taken(fields, "password", "");
        var settings = new HashMap<String, String>();
        fields.forEach((name, value) -> {
            var known = SETTINGS.get(name);
            if (known == null) {
                throw new CallFailure(
                        "the address of the database sets %s; it may set %s"
                                .formatted(
                                        name,
                                        String.join(
                                                ", ",
                                                SETTINGS.keySet().stream().sorted().toList())));
            }
            settings.put(known, value);
        });
        return new Dialect.Postgres(host, port, database, user, password, settings);
    }

    private static String taken(Map<String, String> fields, String name, String otherwise) {
        var value = fields.remove(name);
        return value == null || value.isEmpty() ? otherwise : value;
    }

    private static int port(String text) {
        if (text.matches("\\d{1,5}")) {
            int port = Integer.parseInt(text);
            if (port > 0 && port <= PORT_MAX) {
                return port;
            }
        }
        throw new CallFailure("port is a number from 1 to " + PORT_MAX);
    }

    /// An address as a URL, or as `name=value` words.
    private static Map<String, String> fields(String dsn) {
        if (dsn.startsWith("postgres://") || dsn.startsWith("postgresql://")) {
            return ofUrl(dsn);
        }
        var fields = new HashMap<String, String>();
        var pairs = PAIR.matcher(dsn);
        int at = 0;
        while (at < dsn.length() && pairs.find(at) && pairs.start() == at) {
            var value = pairs.group(2);
            boolean quoted = value.startsWith("'");
            fields.put(pairs.group(1), quoted ? value.substring(1, value.length() - 1) : value);
            at = pairs.end();
        }
        if (!dsn.substring(at).isBlank()) {
            throw unreadable();
        }
        return fields;
    }

    private static CallFailure unreadable() {
        return new CallFailure(
                "dsn is postgres://user:password@host:port/database, or words such as host=db"
                        + " user=me");
    }

    private static Map<String, String> ofUrl(String dsn) {
        URI url;
        try {
            url = new URI(dsn);
        } catch (URISyntaxException _) {
            // the cause would repeat what was given
            throw unreadable();
        }
        if (url.getHost() == null) {
            throw unreadable();
        }
        var fields = new HashMap<String, String>();
        fields.put("host", url.getHost());
        if (url.getPort() >= 0) {
            fields.put("port", Integer.toString(url.getPort()));
        }
        if (url.getPath() != null && url.getPath().length() > 1) {
            fields.put("database", url.getPath().substring(1));
        }
        if (url.getRawUserInfo() != null) {
            var parts = url.getRawUserInfo().split(":", 2);
            fields.put("user", decoded(parts[0]));
            if (parts.length > 1) {
                fields.put("password", decoded(parts[1]));
            }
        }
        if (url.getRawQuery() != null) {
            for (var pair : url.getRawQuery().split("&", -1)) {
                var parts = pair.split("=", 2);
                fields.put(decoded(parts[0]), parts.length > 1 ? decoded(parts[1]) : "");
            }
        }
        return fields;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw unreadable();
        }
    }
}
