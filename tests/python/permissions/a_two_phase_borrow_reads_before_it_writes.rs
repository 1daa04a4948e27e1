// Within its one statement `sizes` is reserved, read, and then written. Between statements none of it shows.
let mut sizes = vec![1];
sizes.push(sizes.len()); //? sizes:RWM
println!("{sizes:?}"); //? sizes:RWM
