let mut head = String::from("GET");
let one = &mut head; //? head:RWM
let other = one; //? head:··· one:R·M *one:RW
other.push('/'); //? head:··· one:··· *one:·· other:R·M *other:RW
println!("{head}"); //? head:RWM one:··· *one:·· other:R·M *other:RW
