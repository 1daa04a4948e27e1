//! exercise = "11-drain"
//! mark = "outcome"
//! misconception = "a successor always says something"
//! fails = "step_4_outcome::goes_on_when_the_successor_is_too_late"
//! says = "not ready in time"

    drop(deadline);
    match (&mut self.0).await {
        Ok(()) => Succession::TakesOver,
        Err(_) => Succession::Failed,
    }
