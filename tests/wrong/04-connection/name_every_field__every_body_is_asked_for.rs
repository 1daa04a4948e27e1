//! exercise = "04-connection/name_every_field"
//! mark = "body"
//! misconception = "a 100 does no harm to who did not ask"
//! fails = "a_body_is_waited_for"
//! says = "without being asked for"

        Event::HeadEnded { body: false, persistent, expects_continue: _ } => Action::Forward { keep: persistent },
        Event::HeadEnded { body: true, persistent, expects_continue: _ } => Action::SendContinue { keep: persistent },
