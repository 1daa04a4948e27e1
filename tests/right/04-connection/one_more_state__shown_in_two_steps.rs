//! exercise = "04-connection/one_more_state"
//! mark = "shown"
//! shape = "the text is put together by hand"

        Conn::Draining { left } => {
            let mut words = String::from("draining, ");
            words += &left.to_string();
            words + " bytes left"
        }
