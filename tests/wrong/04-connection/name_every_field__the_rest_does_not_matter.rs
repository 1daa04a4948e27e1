//! exercise = "04-connection/name_every_field"
//! mark = "body"
//! misconception = "`..` mends E0027"
//! fails = "a_client_that_waits_gets_its_100_first"
//! says = "the client waits for us"

        Event::HeadEnded { body: false, persistent, .. } => Action::Forward { keep: persistent },
        Event::HeadEnded { body: true, persistent, .. } => Action::ReadBody { keep: persistent },
