//! exercise = "11-drain"
//! mark = "outcome"
//! misconception = "a receiver that was awaited is still there"
//! fails = "E0382"
//! says = "`&mut self.0`"

    tokio::select! {
        biased;
        news = self.0 => match news {
            Ok(()) => Succession::TakesOver,
            Err(_) => Succession::Failed,
        },
        () = deadline => {
            self.0.close();
            if self.0.try_recv().is_ok() { Succession::TakesOver } else { Succession::TooLate }
        }
    }
