package dev.sloth.cli;

import dev.sloth.api.workflow.AttemptId;
import dev.sloth.cli.view.Board;
import dev.sloth.core.run.RunEvent;
import dev.sloth.master.afar.Place;
import java.util.List;

/// Shows a run by its news in lines of text; how lines look and where they go is for others to say.
abstract sealed class NewsView implements RunView permits LiveRunView, PlainRunView {
    private final Board board;
    private final RunNews news;

    /// @param from where it is followed
    NewsView(Board board, Vantage from) {
        this.board = board;
        this.news = new RunNews(board, from);
    }

    abstract void tell(List<RunNews.Line> lines);

    /// The same line as the board has it.
    abstract void written(AttemptId attempt, String line);

    @Override
    public final void event(RunEvent event) {
        tell(news.take(event));
    }

    @Override
    public final void placed(Place.Of place) {
        tell(news.placed(place));
    }

    @Override
    public final void begun(AttemptId attempt, String agent) {
        tell(news.begun(attempt, agent));
    }

    @Override
    public final void answered(AttemptId attempt, String agent) {
        tell(news.answered(attempt, agent));
    }

    @Override
    public final void line(AttemptId attempt, String line) {
        news.written(attempt);
        board.line(attempt.task(), line);
        written(attempt, line);
    }
}
