package dev.sloth.cli;

import dev.sloth.agent.process.ChildProcesses;
import dev.sloth.api.plugin.Host;
import dev.sloth.api.value.DataTable;
import dev.sloth.api.value.ScriptFailure;
import dev.sloth.api.workflow.Problem;
import dev.sloth.api.workflow.Problems;
import dev.sloth.api.workflow.Span;
import dev.sloth.cli.config.Config;
import dev.sloth.cli.view.Format;
import dev.sloth.core.event.Types;
import dev.sloth.core.hook.NewHook;
import dev.sloth.dsl.HookScript;
import dev.sloth.dsl.ScriptStopped;
import dev.sloth.dsl.Source;

/// `hook add`: from now on a file reacts to events.
final class HookAdd implements Command {
    private static final String FILE = "--file";
    private static final String WHEN = "--when";
    private static final String DESCRIPTION = "--description";
    private static final String TIMEOUT = "--timeout";
    private static final String ATTEMPTS = "--attempts";
    private static final String DISABLED = "--disabled";
    private static final String REPLACE = "--replace";

    @Override
    public Spec spec() {
        var spec =
                HookFamily.onHook(
                        "add",
                        "Lets a file react to what happens from now on.",
                        "",
                        "The file is looked at now, and read anew for each event. Without --type it"
                                + " gets the types that it names itself as event_types, or all.",
                        "",
                        "For example: `sloth-runner hook add page --file page.lua --type run.failed"
                                + " --when 'event.data.workflow == \"deploy\"'`.");
        spec.addOption(Specs.text("FILE", "The hook's script. Needed.", "-f", FILE));
        spec.addOption(
                Specs.many(
                        "TYPE",
                        "Events to be told of, such as task.failed or `run.*`. May be given several"
                                + " times.",
                        EventsFamily.TYPE));
        spec.addOption(
                Specs.text(
                        "EXPR",
                        "Only events for which this Lua expression over `event` holds.",
                        WHEN));
        spec.addOption(Specs.text("TEXT", "What it is for.", DESCRIPTION));
        spec.addOption(Specs.text("TIME", "How long one call may take; 30s unless said.", TIMEOUT));
        spec.addOption(
                Specs.text(
                        "N",
                        "How often an event is tried before it is dead; %d unless said."
                                .formatted(NewHook.ATTEMPTS),
                        ATTEMPTS));
        spec.addOption(Specs.flag("It is added, but switched off.", DISABLED));
        spec.addOption(
                Specs.flag(
                        "Takes the place of a hook of the same name, with what that was owed gone.",
                        REPLACE));
        return spec;
    }

    @Override
    public int run(Given given) throws InterruptedException {
        var format = given.documentFormat();
        var config = EventsFamily.config(given);
        var name = given.positionals().getFirst();
        var source = source(given);
        var declared = declared(given, config, source);
        var hook =
                new NewHook(
                        name,
                        source.file().toString(),
                        given.has(EventsFamily.TYPE)
                                ? EventsFamily.types(given)
                                : new Types(declared.types()),
                        given.text(WHEN, ""),
                        given.text(DESCRIPTION, declared.description()),
                        !given.has(DISABLED),
                        StateFamily.time(given, TIMEOUT).orElse(NewHook.TIMEOUT),
                        attempts(given));
        try (var events = EventsFamily.open(given)) {
            var hooks = events.hooks();
            if (given.has(REPLACE)) {
                boolean _ = hooks.remove(name);
            }
            if (!hooks.add(hook)) {
                throw EventProblems.hookTaken(name);
            }
            var added = HookFamily.hook(hooks, name);
            if (format == Format.TEXT) {
                given.caller()
                        .print(
                                "added %s for %s; it is called while `sloth-runner serve` runs"
                                        .formatted(name, HookFamily.types(added)));
            } else {
                var document = HookFamily.document(added, hooks.counts(added));
                given.caller().out().print(document.as(format));
            }
        }
        return Exit.OK;
    }

    private static Source source(Given given) {
        if (!given.has(FILE)) {
            throw StateFamily.wrong("say which file reacts", "add --file FILE");
        }
        return Source.read(given.caller().folder().resolve(given.text(FILE, "")));
    }

    private static int attempts(Given given) {
        var word = given.text(ATTEMPTS, Integer.toString(NewHook.ATTEMPTS));
        if (word.matches("[0-9]{1,3}")) {
            return Integer.parseInt(word);
        }
        throw StateFamily.wrong(
                ATTEMPTS + " cannot be '" + word + "'",
                "it must be a whole number from 1 to " + NewHook.ATTEMPTS_MAX);
    }

    /// Looks at the file as any script is looked at before it runs.
    private static HookScript.Declared declared(Given given, Config config, Source source)
            throws InterruptedException {
        var caller = given.caller();
        try (var processes = Wiring.processes(caller, config);
                var shared = Wiring.stateAndEvents(caller, config)) {
            return declared(given, config, source, processes, shared);
        }
    }

    private static HookScript.Declared declared(
            Given given,
            Config config,
            Source source,
            ChildProcesses processes,
            StateAndEvents shared) {
        var around =
                Wiring.surroundings(
                        config, source.project(), processes, shared, given.caller().err());
        try (var script = Wiring.scripts(config).hook(source, Host.Phase.DEFINE, around)) {
            script.about(new DataTable().with("type", "").with("data", new DataTable()));
            script.load();
            script.check(given.text(WHEN, ""));
            return script.declared();
        } catch (ScriptFailure | ScriptStopped e) {
            throw new Problems(
                    new Problem(
                            "SLOTH-1002",
                            String.valueOf(e.getMessage()),
                            new Span(source.name(), 0, 0),
                            "what a hook does belongs into on_event(event), or into execute"));
        }
    }
}
