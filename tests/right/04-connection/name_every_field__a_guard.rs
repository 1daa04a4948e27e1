//! exercise = "04-connection/name_every_field"
//! mark = "body"
//! shape = "a guard in place of a value in the pattern"

        Event::HeadEnded { body, persistent, expects_continue: _ } if !body => Action::Forward { keep: persistent },
        Event::HeadEnded { body: _, persistent, expects_continue } => {
            if expects_continue {
                Action::SendContinue { keep: persistent }
            } else {
                Action::ReadBody { keep: persistent }
            }
        }
