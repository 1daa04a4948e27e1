//! attack = "a program that rustc has thousands of things to say about, each at another place"
//! kind = "output bomb"
//! gets = ["output"]
//! held_by = ["output cap"]

macro_rules! eight {
    ($callback:ident $($rest:tt)*) => {
        $callback! { $($rest)* } $callback! { $($rest)* } $callback! { $($rest)* } $callback! { $($rest)* }
        $callback! { $($rest)* } $callback! { $($rest)* } $callback! { $($rest)* } $callback! { $($rest)* }
    };
}
macro_rules! wrong {
    () => {
        compile_error!("a message, long enough that some thousands of them are more than anybody wants to read");
    };
}

eight! { eight eight eight wrong }

pub fn greet() {}
