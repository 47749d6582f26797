-- Reacts to releases, and to runs of the workflow `release` that fail.

return {
    description = "Announces releases",
    event_types = { "release.done", "run.failed" },
    execute = function(event)
        if event.type == "release.done" then
            log.info("released " .. event.subject .. " " .. event.data.version)
        elseif event.data.workflow == "release" then
            log.error("the release failed: " .. event.data.message)
        end
        return true, "announced"
    end,
}
