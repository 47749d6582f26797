package dev.sloth.cli.view;

import dev.sloth.api.workflow.Task;
import dev.sloth.api.workflow.TaskName;
import dev.sloth.api.workflow.Workflow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The graph of a workflow for other programs: Mermaid, Graphviz, or a document.
public final class PlanGraph {
    private final Workflow workflow;
    private final Map<TaskName, String> ids = new HashMap<>();

    public PlanGraph(Workflow workflow) {
        this.workflow = workflow;
        for (var task : workflow.tasks()) {
            ids.put(task.name(), "t" + (ids.size() + 1));
        }
    }

    /// A Mermaid flow chart; a dotted arrow means that the task runs only after a failure.
    public List<String> mermaid() {
        var lines = new ArrayList<String>();
        lines.add("flowchart TD");
        for (int n = 0; n < workflow.stages().size(); n++) {
            var stage = workflow.stages().get(n);
            var title = stage.name() + (stage.approvalRequired() ? " (approval)" : "");
            lines.add("  subgraph s" + n + "[" + mermaidQuoted(title) + "]");
            stage.tasks().forEach(name -> lines.add("    " + node(name)));
            lines.add("  end");
        }
        free().forEach(task -> lines.add("  " + node(task.name())));
        edges(lines, "  %s --> %s", "  %s -.->|failed| %s");
        for (int n = 1; n < workflow.stages().size(); n++) {
            lines.add("  s" + (n - 1) + " --> s" + n);
        }
        return lines;
    }

    private String node(TaskName name) {
        return ids.get(name) + "[" + mermaidQuoted(name.text()) + "]";
    }

    /// A Graphviz digraph; a dashed arrow means that the task runs only after a failure.
    public List<String> dot() {
        var lines = new ArrayList<String>();
        lines.add("digraph " + quoted(workflow.name()) + " {");
        lines.add("  rankdir=TB; compound=true; node [shape=box];");
        int n = 0;
        for (var stage : workflow.stages()) {
            lines.add("  subgraph cluster_" + n++ + " {");
            lines.add("    label=" + quoted(stage.name()) + ";");
            stage.tasks().forEach(name -> lines.add("    " + dotNode(name)));
            lines.add("  }");
        }
        free().forEach(task -> lines.add("  " + dotNode(task.name())));
        edges(lines, "  %s -> %s;", "  %s -> %s [style=dashed, label=\"failed\"];");
        betweenClusters(lines);
        lines.add("}");
        return lines;
    }

    private String dotNode(TaskName name) {
        return ids.get(name) + " [label=" + quoted(name.text()) + "];";
    }

    private List<Task> free() {
        return workflow.tasks().stream().filter(task -> task.stage().isEmpty()).toList();
    }

    private void edges(List<String> lines, String plain, String afterFailure) {
        for (var task : workflow.tasks()) {
            for (var before : task.dependsOn()) {
                lines.add(plain.formatted(ids.get(before), ids.get(task.name())));
            }
            for (var before : task.runOnFailureOf()) {
                lines.add(afterFailure.formatted(ids.get(before), ids.get(task.name())));
            }
        }
    }

    /// One arrow from box to box for each stage that follows another: all of its tasks wait for all
    /// of the other's. Graphviz ties such an arrow to a task in each box.
    private void betweenClusters(List<String> lines) {
        for (int n = 1; n < workflow.stages().size(); n++) {
            var before = workflow.stages().get(n - 1).tasks();
            var after = workflow.stages().get(n).tasks();
            if (!before.isEmpty() && !after.isEmpty()) {
                lines.add(
                        "  %s -> %s [ltail=cluster_%d, lhead=cluster_%d];"
                                .formatted(
                                        ids.get(before.getLast()),
                                        ids.get(after.getFirst()),
                                        n - 1,
                                        n));
            }
        }
    }

    private static String quoted(String text) {
        return '"' + Columns.tame(text).replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String mermaidQuoted(String text) {
        return '"' + Columns.tame(text).replace("#", "#35;").replace("\"", "#quot;") + '"';
    }

    /// For programs; `docs/cli.md` describes the fields.
    public Document document() {
        return new Document()
                .with("workflow", workflow.name())
                .with("description", workflow.description())
                .with("max_parallel_tasks", workflow.maxParallelTasks())
                .with("stages", workflow.stages().stream().map(PlanGraph::stage).toList())
                .with("tasks", workflow.tasks().stream().map(PlanGraph::task).toList());
    }

    private static Document stage(dev.sloth.api.workflow.Stage stage) {
        return new Document()
                .with("name", stage.name())
                .with("parallel", stage.parallel())
                .with("strategy", stage.strategy())
                .with("approval_required", stage.approvalRequired())
                .with("approvers", stage.approvers())
                .with("on_failure", stage.onFailure().name().toLowerCase(Locale.ROOT))
                .with("tasks", names(stage.tasks()));
    }

    private static Document task(Task task) {
        return new Document()
                .with("name", task.name().text())
                .with("description", task.description())
                .with("stage", task.stage())
                .with("depends_on", names(task.dependsOn()))
                .with("runs_on_failure_of", names(task.runOnFailureOf()))
                .with("retries", task.retry().retries())
                .with("timeout_seconds", task.timeout().toMillis() / 1_000.0)
                .with("at", Document.of(task.at()));
    }

    private static List<String> names(List<TaskName> names) {
        return names.stream().map(TaskName::text).toList();
    }
}
