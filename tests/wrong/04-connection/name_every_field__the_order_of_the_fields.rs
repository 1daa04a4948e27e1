//! exercise = "04-connection/name_every_field"
//! mark = "body"
//! misconception = "the fields of a variant are told apart by their order"
//! fails = "E0164"
//! says = "by name"

        Event::HeadEnded(false, persistent, _) => Action::Forward { keep: persistent },
        Event::HeadEnded(true, persistent, false) => Action::ReadBody { keep: persistent },
        Event::HeadEnded(true, persistent, true) => Action::SendContinue { keep: persistent },
