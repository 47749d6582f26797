package dev.sloth.plugins;

import dev.sloth.api.plugin.Module;
import dev.sloth.plugins.crypto.CryptoModule;
import dev.sloth.plugins.data.DataModule;
import dev.sloth.plugins.db.DbModule;
import dev.sloth.plugins.event.EventModule;
import dev.sloth.plugins.event.HookModule;
import dev.sloth.plugins.event.WatcherModule;
import dev.sloth.plugins.exec.ExecModule;
import dev.sloth.plugins.facts.FactsModule;
import dev.sloth.plugins.fileops.FileOpsModule;
import dev.sloth.plugins.fs.FsModule;
import dev.sloth.plugins.git.GitModule;
import dev.sloth.plugins.goroutine.GoroutineModule;
import dev.sloth.plugins.http.HttpModule;
import dev.sloth.plugins.json.JsonModule;
import dev.sloth.plugins.log.LogModule;
import dev.sloth.plugins.math.MathModule;
import dev.sloth.plugins.net.NetModule;
import dev.sloth.plugins.notifications.NotificationsModules;
import dev.sloth.plugins.reliability.ReliabilityModule;
import dev.sloth.plugins.stack.StackModule;
import dev.sloth.plugins.state.StateModule;
import dev.sloth.plugins.strings.StringsModule;
import dev.sloth.plugins.template.TemplateModule;
import dev.sloth.plugins.time.TimeModule;
import dev.sloth.plugins.workdir.WorkdirModule;
import dev.sloth.plugins.yaml.YamlModule;
import java.util.ArrayList;
import java.util.List;

/// All modules that come with Sloth Runner.
public final class Plugins {
    private Plugins() {}

    public static List<Module> all() {
        var all = new ArrayList<Module>();
        all.addAll(
                List.of(
                        LogModule.module(),
                        ExecModule.module(),
                        FsModule.module(),
                        FileOpsModule.module(),
                        GitModule.module(),
                        DbModule.module(),
                        DbModule.alias(),
                        DataModule.module(),
                        JsonModule.module(),
                        YamlModule.module(),
                        StringsModule.module(),
                        MathModule.module(),
                        TimeModule.module(),
                        CryptoModule.module(),
                        GoroutineModule.module(),
                        HttpModule.module(),
                        NetModule.module(),
                        WorkdirModule.module(),
                        ReliabilityModule.module(),
                        TemplateModule.module(),
                        FactsModule.module(),
                        StateModule.module(),
                        EventModule.module(),
                        HookModule.module(),
                        StackModule.module()));
        all.addAll(NotificationsModules.all());
        all.addAll(WatcherModule.modules());
        return List.copyOf(all);
    }
}
