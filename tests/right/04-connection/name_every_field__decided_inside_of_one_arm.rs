//! exercise = "04-connection/name_every_field"
//! mark = "body"
//! shape = "one pattern names all fields, and the arm decides"

        Event::HeadEnded { body, persistent: keep, expects_continue } => match (body, expects_continue) {
            (false, _) => Action::Forward { keep },
            (true, false) => Action::ReadBody { keep },
            (true, true) => Action::SendContinue { keep },
        },
