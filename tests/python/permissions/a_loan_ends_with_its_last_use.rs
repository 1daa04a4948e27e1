let mut targets = vec![String::from("/menu")];
let first = &mut targets[0]; //? targets:RWM
first.push_str("/cake"); //? targets:··· first:R·M *first:RW
targets.push(String::from("/tea")); //? targets:RWM first:R·M *first:RW
let all = &targets; //? targets:RWM first:··· *first:··
println!("{all:?}"); //? targets:R·· first:··· *first:·· all:R·M *all:R·
