//! exercise = "11-drain"
//! mark = "outcome"
//! misconception = "without a message there is nothing to hear"
//! fails = "step_4_outcome::goes_on_when_the_successor_fails"
//! says = "there will be no news"

    tokio::select! {
        biased;
        Ok(()) = &mut self.0 => Succession::TakesOver,
        () = deadline => Succession::TooLate,
    }
