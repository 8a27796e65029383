/* z for t = 1, max(margin - z, 0) for t = -1, and both together for any other target, as PyTorch has it; gradient 1 and -1 where margin - z
 * >= 0, the edge included; Hessian 0. Within 0.51 ulp. */
INLINE loss_terms NAMED(hinge_embedding)(vd pred, vd target, const vd *parameter, int wants) {
    const num zero = num_set(0, 0), rest = num_difference(parameter[0], pred);
    const md near = f64_eq(target, f64_set(1)), far = f64_eq(target, f64_set(-1)), beyond = num_lt(rest, zero);
    const num pull = num_select(far, zero, num_of(pred)), push = num_select(f64_mask_or(near, beyond), zero, rest);
    const vd slope = f64_select(far, f64_set(0), f64_set(1));
    loss_terms r;
    r.value = num_plus(num_plus(pull, push), num_of(f64_select(f64_unordered(target, target), target, f64_set(0))));
    r.gradient = num_of(slope - f64_select(f64_mask_or(near, beyond), f64_set(0), f64_set(1)));
    r.hessian = zero;
    (void)wants;
    return r;
}
POINTWISE_LIGHT(hinge_embedding, 1)
