let mut head = String::from("GET");
let one = &mut head; //? head:RWM
let other = &mut head; //? head:··· one:R·M *one:RW
one.push('/');
other.push('/');
