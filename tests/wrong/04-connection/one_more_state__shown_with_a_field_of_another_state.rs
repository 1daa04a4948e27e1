//! exercise = "04-connection/one_more_state"
//! mark = "shown"
//! misconception = "all states have the same fields"
//! fails = "E0026"
//! says = "has no such field"

        Conn::Draining { bytes, .. } => format!("draining, {bytes} bytes left"),
