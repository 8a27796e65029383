//! Any elementwise function by its name, from a library that is opened while the program runs.
//!
//!     ./catalog $(python -c "import fastact; print(fastact.get_lib())")/libfastact.so.1 gelu -1 0 2

use std::env::args;
use std::ffi::{c_char, c_int, c_uint, c_void, CStr, CString};
use std::mem::transmute;
use std::process::exit;
use std::slice::from_raw_parts;

#[repr(C)]
#[allow(dead_code)]
struct Parameter {
    name: *const c_char,
    default_value: f64,
}

/// How a `fastact_function` begins.
#[repr(C)]
#[allow(dead_code)]
struct Function {
    name: *const c_char,
    kind: c_int, // 0: elementwise
    aliases: *const c_char,
    formula: *const c_char,
    derivative: *const c_char,
    passes: c_uint,
    backward_takes_output: c_int,
    gate_is_second: c_int,
    parameter_count: c_int,
    parameters: *const Parameter,
}

type Find = unsafe extern "C" fn(*const c_char) -> *const Function;
type Map = unsafe extern "C" fn(*const Function, c_int, c_int, usize, *const *mut c_char, *const isize) -> c_int;

extern "C" {
    fn dlopen(path: *const c_char, flags: c_int) -> *mut c_void;
    fn dlsym(library: *mut c_void, name: *const c_char) -> *mut c_void;
}
const NOW: c_int = 2;
const VALUE: c_int = 0; // fastact_pass
const F64: c_int = 1; // fastact_dtype

fn fail(message: &str) -> ! {
    eprintln!("{message}");
    exit(1)
}

fn symbol(library: *mut c_void, name: &CStr) -> *mut c_void {
    let found = unsafe { dlsym(library, name.as_ptr()) };
    if found.is_null() {
        fail(&format!("there is no {}", name.to_string_lossy()));
    }
    found
}

fn main() {
    let given: Vec<CString> = args().skip(1).map(|word| CString::new(word).unwrap()).collect();
    let [path, name, numbers @ ..] = &given[..] else { fail("usage: catalog LIBRARY FUNCTION NUMBER...") };
    let library = unsafe { dlopen(path.as_ptr(), NOW) };
    if library.is_null() {
        fail("the library does not open");
    }
    let (find, map) = unsafe {
        (
            transmute::<*mut c_void, Find>(symbol(library, &CString::new("fastact_find").unwrap())),
            transmute::<*mut c_void, Map>(symbol(library, &CString::new("fastact_map_strided").unwrap())),
        )
    };
    let function = match unsafe { find(name.as_ptr()).as_ref() } {
        Some(function) if function.kind == 0 => function,
        _ => fail(&format!("there is no elementwise function {}", name.to_string_lossy())),
    };
    let text = |pointer| unsafe { CStr::from_ptr(pointer) }.to_string_lossy().into_owned();
    println!("{}(x) = {}", text(function.name), text(function.formula));

    let mut x: Vec<f64> = numbers.iter().map(|word| word.to_str().unwrap().parse().unwrap()).collect();
    let mut y = vec![0.0; x.len()];
    let mut defaults: Vec<f64> = match function.parameter_count {
        0 => vec![],
        count => unsafe { from_raw_parts(function.parameters, count as usize) }.iter().map(|p| p.default_value).collect(),
    };
    // x, a pointer for each parameter, whose one number serves every x, and y
    let mut arguments = vec![x.as_mut_ptr() as *mut c_char];
    arguments.extend(defaults.iter_mut().map(|value| value as *mut f64 as *mut c_char));
    arguments.push(y.as_mut_ptr() as *mut c_char);
    let mut strides = vec![0isize; arguments.len()];
    strides[0] = 8;
    *strides.last_mut().unwrap() = 8;
    if unsafe { map(function, VALUE, F64, x.len(), arguments.as_ptr(), strides.as_ptr()) } != 0 {
        fail("the call failed");
    }
    for value in y {
        println!("{value:?}");
    }
}
