//! exercise = "11-drain"
//! mark = "outcome"
//! misconception = "the channel has ended, so the successor is ready"
//! fails = "step_4_outcome::goes_on_when_the_successor_fails"
//! says = "there will be no news"

    tokio::select! {
        biased;
        _ = &mut self.0 => Succession::TakesOver,
        () = deadline => {
            self.0.close();
            if self.0.try_recv().is_ok() { Succession::TakesOver } else { Succession::TooLate }
        }
    }
