//! exercise = "11-drain"
//! mark = "draining"
//! misconception = "without a sender there is more to wait for"
//! fails = "step_2_draining::ends_when_the_controller_is_gone"
//! says = "for ever"

    let mut news = self.0.clone();
    if news.wait_for(|draining| *draining).await.is_err() {
        core::future::pending::<()>().await;
    }
