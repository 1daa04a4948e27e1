//! exercise = "04-connection/name_every_field"
//! mark = "body"
//! misconception = "a pattern may give any name to a field"
//! fails = "E0026"
//! says = "no field of that name"

        Event::HeadEnded { body: false, persistent, expects: _, .. } => Action::Forward { keep: persistent },
        Event::HeadEnded { body: true, persistent, expects: false, .. } => Action::ReadBody { keep: persistent },
        Event::HeadEnded { body: true, persistent, expects: true, .. } => Action::SendContinue { keep: persistent },
