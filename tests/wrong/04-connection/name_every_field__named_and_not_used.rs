//! exercise = "04-connection/name_every_field"
//! mark = "body"
//! misconception = "a field that is named is taken care of"
//! fails = "a_client_that_waits_gets_its_100_first"
//! says = "nothing moves"

        Event::HeadEnded { body: false, persistent, expects_continue: _ } => Action::Forward { keep: persistent },
        Event::HeadEnded { body: true, persistent, expects_continue: _ } => Action::ReadBody { keep: persistent },
