package dev.sloth.core.store;

import dev.sloth.api.workflow.RunId;
import dev.sloth.core.store.news.News;
import java.util.List;

/// The journals of all runs as one, for those who follow what happens: page by page, in the order
/// in which the pages were kept.
public interface PageStore extends News {
    /// Those behind a number, the first ones first.
    List<KeptPage> behind(long number, int limit);

    /// Those before a number, the last ones first.
    List<KeptPage> before(long number, int limit);

    /// The greatest number that a page ever had; 0 when there was none.
    long last();

    /// @param number under which it was kept: greater than those of all pages before it, whichever
    ///   run they are of
    /// @param because the label [NewRun#BECAUSE] of the run; empty when it has none
    record KeptPage(long number, RunId run, String workflow, String because, RunStore.Page page) {}
}
