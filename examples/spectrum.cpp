// One name for float and double: a softmax of the numbers on the command line in either, and how far apart the two are.
#include <fastact.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <vector>

namespace {

void check(fastact_status status) {
    if (status != FASTACT_OK) throw std::runtime_error(fastact_status_text(status));
}

void softmax(std::vector<float> &row) { check(fastact_softmax_f32(1, row.size(), row.data(), row.data())); }
void softmax(std::vector<double> &row) { check(fastact_softmax_f64(1, row.size(), row.data(), row.data())); }

template <class T> std::vector<T> probabilities(int count, char **numbers) {
    std::vector<T> row;
    for (int i = 0; i < count; ++i) row.push_back(static_cast<T>(std::atof(numbers[i])));
    softmax(row);
    return row;
}

}  // namespace

int main(int count, char **arguments) {
    try {
        const std::vector<float> narrow = probabilities<float>(count - 1, arguments + 1);
        const std::vector<double> wide = probabilities<double>(count - 1, arguments + 1);
        double apart = 0;
        for (std::size_t i = 0; i < wide.size(); ++i) {
            std::printf("%.9g ", wide[i]);
            apart = std::max(apart, std::abs(narrow[i] - wide[i]) / wide[i]);
        }
        std::printf("\n%s\n", apart < 1e-6 ? "alike" : "apart");
    } catch (const std::runtime_error &error) {
        std::fprintf(stderr, "fastact: %s\n", error.what());
        return 1;
    }
}
