//! exercise = "11-drain"
//! mark = "outcome"
//! shape = "the news as an Option, then one match"

    let news = tokio::select! {
        biased;
        news = &mut self.0 => Some(news.is_ok()),
        () = deadline => None,
    };
    self.0.close();
    match news {
        Some(true) => Succession::TakesOver,
        Some(false) => Succession::Failed,
        None if self.0.try_recv() == Ok(()) => Succession::TakesOver,
        None => Succession::TooLate,
    }
