package dev.sloth.plugins.db;

import dev.sloth.api.plugin.Call;
import dev.sloth.api.plugin.CallFailure;
import dev.sloth.api.plugin.Function;
import dev.sloth.api.plugin.HandleType;
import dev.sloth.api.plugin.Module;
import dev.sloth.api.plugin.Results;
import dev.sloth.api.plugin.Type;
import dev.sloth.api.value.Text;
import dev.sloth.api.value.Value;
import dev.sloth.plugins.data.JsonWriter;
import dev.sloth.plugins.value.Deed;
import dev.sloth.plugins.value.Durations;
import dev.sloth.plugins.value.Failures;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// The module `db`, which is called `database` as well. Statements are in [Statements].
public final class DbModule {
    static final String CONNECTION = "db.connection";
    static final String TRANSACTION = "db.transaction";

    private static final String DOC =
            "SQL databases: SQLite and PostgreSQL. Values are bound where the SQL has ?; nil is"
                    + " NULL, tables are JSON. Connections are closed when the task ends.";

    private DbModule() {}

    public static Module module() {
        return named("db")
                .handles(
                        HandleType.named(CONNECTION, "An open connection to a database.")
                                .methods(Statements.onHandle())
                                .methods(
                                        Statements.prepareOnHandle(),
                                        begin(false),
                                        transaction(false),
                                        ping(false),
                                        close(false)),
                        HandleType.named(TRANSACTION, "A transaction that is under way.")
                                .methods(Statements.onHandle())
                                .methods(end("commit", true, false), end("rollback", false, false)),
                        Statements.prepared(),
                        HandleType.named(Binding.BYTES, "Bytes to be stored as such."),
                        HandleType.named(Binding.JSON, "A value to be stored as JSON."));
    }

    /// The same functions under the other name.
    public static Module alias() {
        return named("database");
    }

    private static Module named(String name) {
        return Module.named(name, DOC)
                .functions(connect(), close(true), ping(true))
                .functions(Statements.all())
                .functions(begin(true), end("commit", true, true), end("rollback", false, true))
                .functions(transaction(true), escape(), bytes(), json());
    }

    static Function.Builder connection(Function.Builder builder) {
        return builder.optional(
                "connection",
                Type.ANY,
                "The connection: what db.connect gave, or its name; the one called default if"
                        + " nil.");
    }

    private static Function connect() {
        return Function.named("connect")
                .doc(
                        "Opens a connection to a database. SQLite needs fs to be permitted,"
                                + " PostgreSQL net.")
                .namedOrPositional()
                .param("driver", Type.STRING, "sqlite or postgresql.")
                .optional(
                        "dsn",
                        Type.STRING,
                        "Where it is: a path or :memory:; or"
                                + " postgres://user:password@host:port/database.")
                .optional("name", Type.STRING, "What to call it; default if nil.")
                .optional("path", Type.STRING, "SQLite: the file, in place of dsn.")
                .optional("read_only", Type.BOOLEAN, "SQLite: whether nothing is to be changed.")
                .optional("host", Type.STRING, "PostgreSQL: the server, localhost if nil.")
                .optional("port", Type.INTEGER, "PostgreSQL: the port, 5432 if nil.")
                .optional("database", Type.STRING, "PostgreSQL: the database.")
                .optional("user", Type.STRING, "PostgreSQL: the user.")
                .optional("password", Type.STRING, "PostgreSQL: the password.")
                .optional("sslmode", Type.STRING, "PostgreSQL: such as require or verify-full.")
                .optional(
                        "timeout",
                        Type.DURATION,
                        "How long each statement may take; 5 minutes if nil.")
                .returnsOrNil("connection", Type.HANDLE, "The connection, or nil.")
                .returns("message", Type.STRING, "What was opened, or why it was not.")
                .example("local conn, err = db.connect(\"sqlite\", \"app.db\")")
                .body(DbModule::connect);
    }

    private static List<Value> connect(Call call) throws InterruptedException {
        var dialect = Where.of(call);
        var limit = limit(call.value("timeout"));
        var name = call.text("name", Connections.USUAL);
        var connections = Connections.of(call.host());
        try {
            connections.expect(name);
            var link = call.host().blocking(() -> Link.open(dialect, limit));
            connections.put(name, link);
            return Results.of(
                    new Value.Handle(CONNECTION, link), Text.of("connected to " + dialect.shown()));
        } catch (IOException e) {
            return Results.fail(
                    "cannot connect to " + dialect.shown() + ": " + Failures.sentence(e));
        }
    }

    private static Duration limit(Value given) {
        if (given == Value.Nil.NIL) {
            return Limits.STATEMENT_DEFAULT;
        }
        var limit = Durations.waiting(given, "timeout");
        if (!limit.isPositive()) {
            throw new CallFailure("timeout must be positive");
        }
        return limit;
    }

    /// @param byName whether the connection is an argument, or the object whose method it is
    private static Link link(Call call, boolean byName) {
        if (byName) {
            return Connections.of(call.host()).meant(call.value("connection"));
        }
        return call.self() instanceof Transaction tx ? tx.link() : (Link) call.self();
    }

    private static Function.Builder on(String name, boolean byName) {
        var builder = Function.named(name);
        return byName ? connection(builder) : builder;
    }

    private static Function close(boolean byName) {
        return Deed.declared(on("close", byName), "")
                .doc("Closes a connection; a transaction that is under way is undone.")
                .example(byName ? "db.close()" : "conn:close()")
                .body(call -> {
                    var link = link(call, byName);
                    boolean open = !link.isClosed();
                    link.close();
                    return (open ? Deed.changed("closed") : Deed.unchanged("was closed already"))
                            .results();
                });
    }

    private static Function ping(boolean byName) {
        return on("ping", byName)
                .doc("Asks whether the database still answers.")
                .returns("ok", Type.BOOLEAN, "Whether it does.")
                .returnsOrNil("error", Type.STRING, "Why not, or nil.")
                .example(byName ? "assert(db.ping())" : "assert(conn:ping())")
                .body(call -> {
                    var link = link(call, byName);
                    try {
                        var sql = new Sql("SELECT 1", List.of(), call);
                        var _ = call.host().blocking(() -> link.use(sql::ask));
                        return Results.bool(true);
                    } catch (IOException e) {
                        return Results.refuse(Failures.sentence(e));
                    }
                });
    }

    // ---- transactions

    private static Function begin(boolean byName) {
        return on("begin", byName)
                .doc(
                        "Begins a transaction: all that is done on the connection belongs to it,"
                                + " until commit or rollback.")
                .returnsOrNil("transaction", Type.HANDLE, "The transaction, or nil.")
                .returnsOrNil("error", Type.STRING, "Why there is none, or nil.")
                .example(byName ? "local tx = db.begin()" : "local tx = conn:begin()")
                .body(call -> {
                    var link = link(call, byName);
                    try {
                        var begun = call.host().blocking(() -> Transaction.begin(link));
                        return Results.of(new Value.Handle(TRANSACTION, begun));
                    } catch (IOException e) {
                        return Results.fail(Failures.sentence(e));
                    }
                });
    }

    /// @param named whether the transaction is an argument
    private static Function end(String name, boolean keep, boolean named) {
        var builder = Function.named(name);
        if (named) {
            builder.param("transaction", Type.HANDLE, "What db.begin gave.");
        }
        return Deed.declared(builder, "")
                .doc(
                        keep
                                ? "Keeps what a transaction did, all at once."
                                : "Undoes what a transaction did.")
                .example(named ? "db." + name + "(tx)" : "tx:" + name + "()")
                .body(call -> {
                    var target =
                            named
                                    ? ((Value.Handle) call.value("transaction")).target()
                                    : call.self();
                    if (!(target instanceof Transaction tx)) {
                        throw new CallFailure("the transaction is what db.begin gave");
                    }
                    return Deed.results(
                            call.host(),
                            () -> {
                                tx.end(keep);
                                return Deed.changed(keep ? "committed" : "rolled back");
                            });
                });
    }

    private static Function transaction(boolean byName) {
        var builder =
                Function.named("transaction")
                        .param(
                                "body",
                                Type.FUNCTION,
                                "Is called with the transaction; false, or nil and an error, undo"
                                        + " it, and so does an error that is raised.");
        return (byName ? connection(builder) : builder)
                .doc("Does several things as one: all of them, or none.")
                .returns("result", Type.ANY, "What the function gave, or true; nil if undone.")
                .returnsOrNil("error", Type.STRING, "Why it was undone, or nil.")
                .example(
                        "db.transaction(function(tx) tx:exec(\"DELETE FROM t WHERE id = ?\", 1)"
                                + " end)")
                .body(call -> Statements.transact(call, link(call, byName)));
    }

    // ---- values

    private static Function escape() {
        return Function.named("escape")
                .doc(
                        "Doubles the quotes in a text, for where a value cannot be bound. Where it"
                                + " can, bind it.")
                .param("text", Type.STRING, "The text.")
                .returns("escaped", Type.STRING, "The text to be put between single quotes.")
                .example("local name = db.escape(\"O'Neill\")")
                .body(call -> {
                    var text = call.text("text");
                    if (text.indexOf('\0') >= 0) {
                        throw new CallFailure("text holds a NUL, which SQL texts cannot");
                    }
                    return Results.text(text.replace("'", "''"));
                });
    }

    private static Function bytes() {
        return Function.named("bytes")
                .doc("Says that a text is bytes (BLOB, bytea), not letters.")
                .param("text", Type.STRING, "The bytes.")
                .returns("bytes", Type.HANDLE, "To be bound as a value.")
                .example("db.exec(\"INSERT INTO f VALUES (?)\", nil, db.bytes(picture))")
                .body(call ->
                        Results.of(new Value.Handle(Binding.BYTES, call.bytes("text").bytes())));
    }

    private static Function json() {
        return Function.named("json")
                .doc("Says that a value is JSON; needed for lists, which else are several values.")
                .param("value", Type.ANY, "The value.")
                .returns("json", Type.HANDLE, "To be bound as a value.")
                .example("db.exec(\"INSERT INTO t VALUES (?)\", nil, db.json({1, 2}))")
                .body(call -> {
                    try {
                        var json = JsonWriter.write(call.value("value"), 0, call);
                        return Results.of(new Value.Handle(Binding.JSON, json));
                    } catch (IllegalArgumentException e) {
                        throw new CallFailure(String.valueOf(e.getMessage()), e);
                    }
                });
    }
}
