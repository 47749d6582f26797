package dev.sloth.cli;

import dev.sloth.api.event.HookWish;
import dev.sloth.api.workflow.RunId;
import dev.sloth.core.store.Content;
import dev.sloth.core.store.RunFile;
import dev.sloth.core.store.RunFile.Role;
import dev.sloth.core.store.RunStore;
import dev.sloth.wire.WireProblems;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The code of a hook that a task of a run wants, as the run keeps it. Whoever asks only says
/// which: it is one that a script of the run adds in so many words, with this very condition, or
/// none.
///
/// @param file of the hook, its path in the project
/// @param code all of it, by paths in the project
record KeptHook(Path file, Map<Path, byte[]> code) {
    private static final String WRITTEN =
            "write the file, and the condition if there is one, as texts in the call of hook.on or"
                    + " hook.add, and submit the workflow again; or add the hook on the machine of the"
                    + " master with `sloth-runner hook add`";

    /// @param wish its file is a path in the project of the run
    /// @param sha256 of what whoever asks has there
    /// @throws dev.sloth.api.workflow.Problems when the run has no such hook, or its file is
    ///   another by now
    static KeptHook of(RunStore runs, RunId run, HookWish wish, String sha256) {
        var row = runs.find(run).orElseThrow(() -> foreign("the run %s is gone".formatted(run)));
        var project =
                row.files().stream()
                        .filter(file -> file.role() == Role.PROJECT)
                        .map(file -> Path.of(file.path()))
                        .findFirst()
                        .orElseThrow(() -> foreign("the run %s has no project".formatted(run)));
        return new Search(runs, row.files(), project).of(wish, sha256);
    }

    private static RuntimeException foreign(String cause) {
        return WireProblems.of(WireProblems.FOREIGN_HOOK, cause, WRITTEN);
    }

    private record Search(RunStore runs, List<RunFile> files, Path project) {
        KeptHook of(HookWish wish, String sha256) {
            var code = new HookCode(project, this::text);
            var path =
                    code.inside(project, wish.file().toString())
                            .filter(file -> has(file, Role.FILE) || has(file, Role.PROGRAM))
                            .orElseThrow(() ->
                                    WireProblems.of(
                                            WireProblems.FOREIGN_HOOK,
                                            "the run does not keep the file %s of a hook"
                                                    .formatted(wish.file()),
                                            "see that it is there where the workflow is submitted; "
                                                    + WRITTEN));
            checkNamed(code, path, wish);
            var all = code.of(path);
            var text = Optional.ofNullable(all.get(path));
            if (text.map(Content::sha256).filter(sha256::equals).isEmpty()) {
                throw WireProblems.of(
                        WireProblems.FOREIGN_HOOK,
                        "the file %s of a hook is not on the agent what it was when the run was submitted"
                                .formatted(wish.file()),
                        "leave it as it is in the tasks of the run, and submit the workflow again when"
                                + " it has changed");
            }
            Map<Path, byte[]> inProject = new LinkedHashMap<>();
            all.forEach((file, bytes) -> inProject.put(project.relativize(file), bytes));
            return new KeptHook(project.relativize(path), inProject);
        }

        private void checkNamed(HookCode code, Path path, HookWish wish) {
            var named =
                    files.stream()
                            .filter(file ->
                                    file.role() == Role.SCRIPT || file.role() == Role.IMPORT)
                            .flatMap(file ->
                                    content(file).stream()
                                            .flatMap(
                                                    text -> code.named(file.path(), text).stream()))
                            .filter(hook -> hook.file().equals(path))
                            .toList();
            if (named.isEmpty()) {
                throw foreign(
                        "no script of the run adds a hook of the file %s".formatted(wish.file()));
            }
            if (named.stream().noneMatch(hook -> hook.condition().equals(wish.condition()))) {
                throw foreign(
                        "no script of the run adds the hook of the file %s with this condition"
                                .formatted(wish.file()));
            }
        }

        private boolean has(Path path, Role role) {
            return files.stream()
                    .anyMatch(file -> file.role() == role && file.path().equals(path.toString()));
        }

        private Optional<byte[]> text(Path path) {
            return files.stream()
                    .filter(file -> file.role().holdsText() && file.role() != Role.VALUES)
                    .filter(file -> file.path().equals(path.toString()))
                    .findFirst()
                    .flatMap(this::content);
        }

        private Optional<byte[]> content(RunFile file) {
            return runs.content(file.content()).map(Content::bytes);
        }
    }
}
