//! attack = "a type that is twice as long at each step"
//! kind = "compile bomb"
//! gets = ["cpu", "memory", "exited 1", "signal 6", "signal 11"]
//! held_by = ["cpu limit", "memory limit"]

#![recursion_limit = "100000"]

pub fn twice<T: Clone>(value: T) -> (T, T) {
    (value.clone(), value)
}

pub fn greet() -> String {
    let a = |x| twice(twice(twice(twice(x))));
    let b = |x| a(x);
    let value = twice(twice(twice(twice(twice(twice(twice(twice(b(1u8)))))))));
    let value = twice(twice(twice(twice(twice(twice(twice(twice(value))))))));
    format!("{}", std::any::type_name_of_val(&value))
}
