//! The `newsloom` program.

fn main() -> std::process::ExitCode {
    newsloom::cli::main()
}
