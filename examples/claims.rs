//! Prints what files say, one claim a line under its sentence: `claims FILE…`.

fn main() {}
