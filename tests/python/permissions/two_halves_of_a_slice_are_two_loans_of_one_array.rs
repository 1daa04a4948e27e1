let mut bytes = [1, 2, 3, 4];
let (left, right) = bytes.split_at_mut(2); //? bytes:RWM
left[0] = right[1]; //? bytes:··· left:R·M *left:RW right:R·M *right:RW
println!("{bytes:?}"); //? bytes:RWM left:R·M *left:RW right:R·M *right:RW
