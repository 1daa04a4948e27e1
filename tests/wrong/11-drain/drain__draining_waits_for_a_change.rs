//! exercise = "11-drain"
//! mark = "draining"
//! misconception = "the news is a change of the value, so an old one does not count"
//! fails = "step_3_drain::tells_everybody_inside"
//! says = "the stop has begun"

    let mut news = self.0.clone();
    news.mark_unchanged();
    news.changed().await.ok();
