//! exercise = "04-connection/name_every_field"
//! mark = "body"
//! misconception = "an arm for the new value is enough"
//! fails = "E0004"
//! says = "no arm"

        Event::HeadEnded { body: false, persistent, expects_continue: _ } => Action::Forward { keep: persistent },
        Event::HeadEnded { body: true, persistent, expects_continue: true } => {
            Action::SendContinue { keep: persistent }
        }
