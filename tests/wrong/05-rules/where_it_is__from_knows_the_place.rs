//! exercise = "05-rules/where_it_is"
//! mark = "body"
//! misconception = "a From can add what it does not know"
//! fails = "says_in_which_line_the_mistake_is"
//! says = "the error says in which line the mistake is"

        impl From<Wrong> for FileError {
            fn from(wrong: Wrong) -> Self {
                Self { line: 1, wrong }
            }
        }
        let _ = index;
        blocks.push(block(line)?);
