//! exercise = "11-drain"
//! mark = "outcome"
//! misconception = "nothing comes between two branches"
//! fails = "step_4_outcome::both_sides_agree_when_the_news_comes_with_the_deadline"
//! says = "would kill it"

    tokio::select! {
        biased;
        news = &mut self.0 => match news {
            Ok(()) => Succession::TakesOver,
            Err(_) => Succession::Failed,
        },
        () = deadline => Succession::TooLate,
    }
