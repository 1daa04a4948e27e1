//! exercise = "04-connection/name_every_field"
//! mark = "body"
//! misconception = "a client that expects a 100 always waits for it"
//! fails = "without_a_body_nobody_waits"
//! says = "here none will come"

        Event::HeadEnded { persistent, expects_continue: true, body: _ } => Action::SendContinue { keep: persistent },
        Event::HeadEnded { body: false, persistent, expects_continue: _ } => Action::Forward { keep: persistent },
        Event::HeadEnded { body: true, persistent, expects_continue: _ } => Action::ReadBody { keep: persistent },
