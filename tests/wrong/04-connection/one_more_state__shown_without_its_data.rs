//! exercise = "04-connection/one_more_state"
//! mark = "shown"
//! misconception = "a variant with data is named without it"
//! fails = "E0533"
//! says = "named with its fields"

        Conn::Draining => String::from("draining"),
