/* A hidden layer of 8 with GELU learns to tell the inside of a ring from its outside: the loss of every hundredth step. */
#include <fastact.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { N = 256, H = 8, C = 2 };
static const float rate = 0.3f;

static float x[N][2], w1[H][3], w2[C][H], before[N * H], after[N * H], logits[N * C], dlogits[N * C], dafter[N * H], dbefore[N * H];
static int64_t labels[N];

static float uniform(float low, float high) {
    static uint32_t state = 1;
    state = state * 1664525u + 1013904223u;
    return low + (high - low) * (float)(state >> 8) / 16777216.0f;
}

static void check(fastact_status status) {
    if (status == FASTACT_OK) return;
    fprintf(stderr, "fastact: %s\n", fastact_status_text(status));
    exit(1);
}

int main(void) {
    for (int i = 0; i < N; ++i) {
        x[i][0] = uniform(-1.5f, 1.5f);
        x[i][1] = uniform(-1.5f, 1.5f);
        labels[i] = x[i][0] * x[i][0] + x[i][1] * x[i][1] < 1;
    }
    for (int k = 0; k < 3 * H; ++k) w1[k / 3][k % 3] = uniform(-1, 1);
    for (int k = 0; k < C * H; ++k) w2[k / H][k % H] = uniform(-1, 1);

    for (int step = 0; step <= 500; ++step) {
        float loss;
        for (int i = 0; i < N; ++i)
            for (int h = 0; h < H; ++h) before[i * H + h] = w1[h][0] * x[i][0] + w1[h][1] * x[i][1] + w1[h][2];
        check(fastact_gelu_f32(N * H, before, after));
        for (int i = 0; i < N; ++i)
            for (int c = 0; c < C; ++c) {
                logits[i * C + c] = 0;
                for (int h = 0; h < H; ++h) logits[i * C + c] += w2[c][h] * after[i * H + h];
            }
        check(fastact_cross_entropy_value_and_gradient_f32(N, C, logits, labels, &loss, dlogits));
        if (step % 100 == 0) printf("step %3d  loss %.4f\n", step, (double)loss);

        for (int i = 0; i < N; ++i)
            for (int h = 0; h < H; ++h) dafter[i * H + h] = w2[0][h] * dlogits[i * C] + w2[1][h] * dlogits[i * C + 1];
        check(fastact_gelu_backward_f32(N * H, dafter, before, dbefore));
        for (int i = 0; i < N; ++i)
            for (int h = 0; h < H; ++h) {
                for (int c = 0; c < C; ++c) w2[c][h] -= rate * dlogits[i * C + c] * after[i * H + h];
                w1[h][0] -= rate * dbefore[i * H + h] * x[i][0];
                w1[h][1] -= rate * dbefore[i * H + h] * x[i][1];
                w1[h][2] -= rate * dbefore[i * H + h];
            }
    }
    return 0;
}
