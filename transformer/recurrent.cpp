#include "transformer/recurrent.h"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/error.h"
#include "transformer/buffers.h"
#include "transformer/kernels.h"
#include "transformer/ops.h"

namespace noema::transformer {
namespace {

constexpr int kSequencesOfTask = 8;  // rows of the matrix products: fewer are slower, more leave threads idle
constexpr int kColumnsOfTask = 256;  // of a weight gradient, computed by one task

/// A range of columns of the input matrix, and the first activation that they contribute to. In a GRU the block n comes
/// after m, so that the blocks of the input matrix and those of the recurrent matrix are both contiguous.
struct Part {
  int from, to, columns;
};
std::array<Part, 2> parts(const RecurrentShape& shape) {
  const int w = shape.width;
  if (shape.cell == Cell::kLstm) return {{{0, 0, 4 * w}, {0, 0, 0}}};
  return {{{0, 0, 2 * w}, {2 * w, 3 * w, w}}};
}

void input_gates(float* gates, const float* x, const float* matrix, int rows, const RecurrentShape& shape) {
  const int w = shape.width, columns = shape.columns();
  for (const Part& p : parts(shape))
    if (p.columns > 0) matmul(rows, p.columns, w, {x, w}, {matrix + p.from, columns}, 0.0F, gates + p.to, 4 * w);
  for (int i = 0; i < rows && shape.cell == Cell::kGru; ++i) std::fill_n(gates + at(i, 4 * w) + 2 * w, w, 0.0F);
}

}  // namespace

RecurrentShape::Layer RecurrentShape::layer(int index) const {
  const std::size_t matrix = size(width) * size(columns());
  const std::size_t first = begin + size(index) * (2 * matrix + 4 * size(width));
  return {first, first + matrix, first + 2 * matrix};
}

void RecurrentShape::append(Layout& layout, const std::string& name) const {
  const double deviation = 1 / std::sqrt(1.0 * width);  // so that the sums have the variance of the inputs
  base::check(layout.parameters() == begin, "a stack stands where its shape says");
  const std::array<const char*, 4> blocks = cell == Cell::kLstm ? std::array<const char*, 4>{"i", "f", "g", "o"}
                                                                : std::array<const char*, 4>{"r", "z", "m", "n"};
  for (int l = 0; l < layers; ++l) {
    const std::string prefix = name + " " + std::to_string(l) + " ";
    layout.matrix(prefix + "input", width, columns(), deviation);
    layout.matrix(prefix + "recurrent", width, columns(), deviation);
    for (const char* block : blocks) layout.vector(prefix + "bias " + block, width, *block == 'f' ? 1 : 0);
  }
}

RecurrentStack::RecurrentStack(const RecurrentShape& shape, int sequences, int length)
    : shape_(shape), most_rows_(sequences * length), layers_(size(shape.layers)) {
  const std::size_t n = size(most_rows_), w = size(shape.width);
  for (Layer& l : layers_) {
    for (auto* buffer : {&l.input, &l.hidden, &l.cells}) buffer->resize(n * w);
    l.gates.resize(n * 4 * w);
    l.turned.resize(w * size(shape.columns()));
  }
  for (auto* buffer : {&output_, &dhidden_, &previous_}) buffer->resize(n * w);
  zeros_.resize(w);
  dgates_.resize(n * 4 * w);
  make_room(sequences);
}

/// A batch of shorter sequences may have more of them than the constructor was told.
void RecurrentStack::make_room(int sequences) {
  const auto grow = [&](std::vector<float>& buffer, int width) {
    buffer.resize(std::max(buffer.size(), size(sequences) * size(width)));
  };
  for (Layer& l : layers_)
    for (auto* buffer : {&l.dfirst_hidden, &l.dfirst_cells, &l.dlast_hidden, &l.dlast_cells})
      grow(*buffer, shape_.width);
  grow(dbias_, 4 * shape_.width);
}

RecurrentStack::Group RecurrentStack::group(const Pass& pass, int index) const {
  const int first = index * kSequencesOfTask, here = std::min(kSequencesOfTask, pass.sequences - first);
  return {index, first, here, first * pass.length, here * pass.length};
}

int RecurrentStack::groups(const Pass& pass) const {
  return (pass.sequences + kSequencesOfTask - 1) / kSequencesOfTask;
}

RecurrentStack::First RecurrentStack::first(const Pass& pass, int layer) const {
  if (!pass.before) return {};
  const Layer& before = pass.before->layers_[size(layer)];
  const std::ptrdiff_t last = at(pass.length_before - 1, shape_.width);
  return {before.hidden.data() + last, before.cells.data() + last, at(pass.length_before, shape_.width)};
}

/// h_t, c_t = cell(x_t, h_{t-1}, c_{t-1}). One matrix product computes the contributions of all inputs.
void RecurrentStack::forward_layer(int index, const Group& g, const Pass& pass) {
  const auto tensors = shape_.layer(index);
  const int w = shape_.width, columns = shape_.columns(), length = pass.length;
  Layer& l = layers_[size(index)];
  const First start = first(pass, index);
  float* const hidden = l.hidden.data() + at(g.first_row, w);
  float* const cells = l.cells.data() + at(g.first_row, w);
  float* const gates = l.gates.data() + at(g.first_row, 4 * w);
  const float* const bias = pass.weights + tensors.bias;
  const auto of_sequence = [&](const float* states, int s) {
    return states ? states + (g.first_sequence + s) * start.stride : zeros_.data();
  };

  input_gates(gates, l.input.data() + at(g.first_row, w), pass.weights + tensors.input, g.rows, shape_);
  for (int t = 0; t < length; ++t) {
    const float* before = t > 0 ? hidden + at(t - 1, w) : start.hidden ? of_sequence(start.hidden, 0) : nullptr;
    if (before)
      matmul(g.sequences, columns, w, {before, t > 0 ? at(length, w) : start.stride},
             {pass.weights + tensors.recurrent, columns}, 1.0F, gates + at(t, 4 * w), at(length, 4 * w));
    for (int s = 0; s < g.sequences; ++s) {
      const int row = s * length + t;
      float* const h = hidden + at(row, w);
      float* const c = cells + at(row, w);
      if (pass.begins && t < pass.begins[g.first_sequence + s]) {
        std::fill_n(h, w, 0.0F);
        std::fill_n(c, w, 0.0F);
      } else if (shape_.cell == Cell::kLstm) {
        lstm_row(h, c, gates + at(row, 4 * w), bias, t > 0 ? c - w : of_sequence(start.cells, s), size(w));
      } else {
        gru_row(h, gates + at(row, 4 * w), bias, t > 0 ? h - w : of_sequence(start.hidden, s), size(w));
      }
    }
  }
}

/// Backpropagation through time: dhidden_ holds the gradient of the hidden states from the layer above; sets dgates_.
void RecurrentStack::backward_steps(int index, const Group& g, const Pass& pass) {
  const int w = shape_.width, columns = shape_.columns(), length = pass.length;
  Layer& l = layers_[size(index)];
  const First start = first(pass, index);
  float* const dhidden = dhidden_.data() + at(g.first_row, w);
  float* const dgates = dgates_.data() + at(g.first_row, 4 * w);
  float* const previous = previous_.data() + at(g.first_row, w);
  const float* const gates = l.gates.data() + at(g.first_row, 4 * w);
  const float* const hidden = l.hidden.data() + at(g.first_row, w);
  const float* const cells = l.cells.data() + at(g.first_row, w);
  float* const dfirst = l.dfirst_hidden.data() + at(g.first_sequence, w);
  float* const dcells = l.dfirst_cells.data() + at(g.first_sequence, w);
  std::fill_n(dfirst, at(g.sequences, w), 0.0F);
  std::fill_n(dcells, at(g.sequences, w), 0.0F);
  for (int s = 0; s < g.sequences && is_before_; ++s) {
    std::copy_n(l.dlast_cells.data() + at(g.first_sequence + s, w), w, dcells + at(s, w));
    add(dhidden + at(s * length + length - 1, w), l.dlast_hidden.data() + at(g.first_sequence + s, w), size(w));
  }
  const auto of_sequence = [&](const float* states, int s) {
    return states ? states + (g.first_sequence + s) * start.stride : zeros_.data();
  };

  for (int t = length - 1; t >= 0; --t) {
    for (int s = 0; s < g.sequences; ++s) {
      const int row = s * length + t;
      const float* const h_before = t > 0 ? hidden + at(row - 1, w) : of_sequence(start.hidden, s);
      const float* const c_before = t > 0 ? cells + at(row - 1, w) : of_sequence(start.cells, s);
      float* const dh_before = t > 0 ? dhidden + at(row - 1, w) : dfirst + at(s, w);
      std::copy_n(h_before, w, previous + at(row, w));
      if (pass.begins && t < pass.begins[g.first_sequence + s])
        std::fill_n(dgates + at(row, 4 * w), 4 * w, 0.0F);
      else if (shape_.cell == Cell::kLstm)
        lstm_row_backward(dgates + at(row, 4 * w), dcells + at(s, w), dhidden + at(row, w), gates + at(row, 4 * w),
                          cells + at(row, w), c_before, size(w));
      else
        gru_row_backward(dgates + at(row, 4 * w), dh_before, dhidden + at(row, w), gates + at(row, 4 * w), h_before,
                         size(w));
    }
    if (t > 0 || start.hidden)
      matmul(g.sequences, w, columns, {dgates + at(t, 4 * w), at(length, 4 * w)}, {l.turned.data(), w}, 1.0F,
             t > 0 ? dhidden + at(t - 1, w) : dfirst, t > 0 ? at(length, w) : w);
  }
}

/// Replaces dhidden_, the gradient of the layer's output, by the gradient of its input before dropout.
void RecurrentStack::backward_layer(int index, const Group& g, const Pass& pass) {
  const auto tensors = shape_.layer(index);
  const int w = shape_.width;
  backward_steps(index, g, pass);
  float* const dx = dhidden_.data() + at(g.first_row, w);
  const float* const dgates = dgates_.data() + at(g.first_row, 4 * w);
  float beta = 0;
  for (const Part& p : parts(shape_)) {
    if (p.columns == 0) continue;
    matmul(g.rows, w, p.columns, {dgates + p.to, 4 * w},
           {pass.weights + tensors.input + p.from, shape_.columns(), true}, beta, dx, w);
    beta = 1;
  }
  dropout(dx, size(g.rows) * size(w), pass.regularisation.dropout, pass.regularisation.mask(index, g.index));
  float* const dbias = dbias_.data() + at(g.index, 4 * w);
  std::fill_n(dbias, 4 * w, 0.0F);
  for (int i = 0; i < g.rows; ++i) add(dbias, dgates + at(i, 4 * w), size(4 * w));
}

/// To be called when backward_layer has processed all groups.
void RecurrentStack::weight_gradients(int index, const Pass& pass, float* gradient) {
  const auto tensors = shape_.layer(index);
  const int w = shape_.width, columns = shape_.columns(), rows = pass.sequences * pass.length;
  struct Product {
    std::size_t weights;
    const float* x;
    Part part;
    int tasks() const { return (part.columns + kColumnsOfTask - 1) / kColumnsOfTask; }
  };
  const auto input_parts = parts(shape_);
  const float* const input = layers_[size(index)].input.data();
  const std::array<Product, 3> products = {{{tensors.input, input, input_parts[0]},
                                            {tensors.input, input, input_parts[1]},
                                            {tensors.recurrent, previous_.data(), {0, 0, columns}}}};
  int tasks = 0;
  for (const Product& p : products) tasks += p.tasks();
  tbb::parallel_for(0, tasks, [&](int task) {
    const Product* p = products.data();
    for (; task >= p->tasks(); ++p) task -= p->tasks();
    const int begin = task * kColumnsOfTask, count = std::min(kColumnsOfTask, p->part.columns - begin);
    matmul(w, count, rows, {p->x, w, true}, {dgates_.data() + p->part.to + begin, 4 * w}, 0.0F,
           gradient + p->weights + p->part.from + begin, columns);
  });
  std::fill_n(gradient + tensors.bias, 4 * w, 0.0F);
  for (int g = 0; g < groups(pass); ++g) add(gradient + tensors.bias, dbias_.data() + at(g, 4 * w), size(4 * w));
}

void RecurrentStack::forward(const Pass& pass) {
  const int w = shape_.width;
  base::check(pass.sequences * pass.length <= most_rows_ && pass.tokens.size() >= size(pass.sequences * pass.length),
              "a batch no larger than the stack was made for");
  make_room(pass.sequences);
  tbb::parallel_for(0, groups(pass), [&](int index) {
    const Group g = group(pass, index);
    embedding(layers_[0].input.data() + at(g.first_row, w), pass.table,
              pass.tokens.subspan(size(g.first_row), size(g.rows)), w);
    const auto drop = [&](std::vector<float>& x, int place) {
      dropout(x.data() + at(g.first_row, w), size(g.rows) * size(w), pass.regularisation.dropout,
              pass.regularisation.mask(place, index));
    };
    drop(layers_[0].input, 0);
    for (int l = 0; l < shape_.layers; ++l) {
      forward_layer(l, g, pass);
      auto& above = l + 1 < shape_.layers ? layers_[size(l + 1)].input : output_;
      std::copy_n(layers_[size(l)].hidden.data() + at(g.first_row, w), at(g.rows, w),
                  above.data() + at(g.first_row, w));
      drop(above, l + 1);
    }
  });
}

void RecurrentStack::backward(const Pass& pass, float* gradient) {
  const int w = shape_.width, columns = shape_.columns();
  tbb::parallel_for(0, shape_.layers, [&](int l) {  // products with the transposed copy are twice as fast
    const float* matrix = pass.weights + shape_.layer(l).recurrent;
    float* turned = layers_[size(l)].turned.data();
    for (int i = 0; i < w; ++i)
      for (int j = 0; j < columns; ++j) turned[at(j, w) + i] = matrix[at(i, columns) + j];
  });
  tbb::parallel_for(0, groups(pass), [&](int index) {
    const Group g = group(pass, index);
    dropout(dhidden_.data() + at(g.first_row, w), size(g.rows) * size(w), pass.regularisation.dropout,
            pass.regularisation.mask(shape_.layers, index));
  });
  for (int l = shape_.layers - 1; l >= 0; --l) {
    tbb::parallel_for(0, groups(pass), [&](int index) { backward_layer(l, group(pass, index), pass); });
    weight_gradients(l, pass, gradient);
  }
  if (!pass.before) return;
  pass.before->is_before_ = true;
  for (int l = 0; l < shape_.layers; ++l) {
    Layer& before = pass.before->layers_[size(l)];
    std::swap(before.dlast_hidden, layers_[size(l)].dfirst_hidden);
    std::swap(before.dlast_cells, layers_[size(l)].dfirst_cells);
  }
}

RecurrentState::RecurrentState(const RecurrentShape& shape)
    : shape_(shape),
      hidden_(size(shape.layers), std::vector<float>(size(shape.width))),
      cells_(hidden_),
      gates_(4 * size(shape.width)),
      next_(size(shape.width)) {}

void RecurrentState::clear() {
  for (auto* states : {&hidden_, &cells_})
    for (auto& state : *states) std::fill(state.begin(), state.end(), 0.0F);
}

RecurrentState RecurrentState::moved_to(const RecurrentShape& shape) const {
  RecurrentState moved(*this);
  moved.shape_ = shape;
  return moved;
}

std::span<const float> RecurrentState::step(const float* weights, const float* x) {
  const int w = shape_.width, columns = shape_.columns();
  for (int l = 0; l < shape_.layers; ++l) {
    const auto tensors = shape_.layer(l);
    auto& hidden = hidden_[size(l)];
    auto& cells = cells_[size(l)];
    input_gates(gates_.data(), x, weights + tensors.input, 1, shape_);
    matmul(1, columns, w, {hidden.data(), w}, {weights + tensors.recurrent, columns}, 1.0F, gates_.data(), 4 * w);
    if (shape_.cell == Cell::kLstm)
      lstm_row(hidden.data(), cells.data(), gates_.data(), weights + tensors.bias, cells.data(), size(w));
    else
      gru_row(hidden.data(), gates_.data(), weights + tensors.bias, hidden.data(), size(w));
    x = hidden.data();
  }
  return top();
}

}  // namespace noema::transformer
