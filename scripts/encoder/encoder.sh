#!/bin/sh
# Tunes the sentence encoder on all examples, cuts down what it learned, and puts the encoder together anew.
# Needs Python 3.11 or newer, 8 GB of memory, and an hour on two processors with bfloat16 (three without).
set -eu
cd "$(dirname "$0")/../.."
work=.state/encoder
mkdir -p "$work"
if [ ! -x .venv-encoder/bin/python ]; then
  for candidate in python3.11 "$HOME"/.pyenv/versions/3.11.*/bin/python python3.12 python3; do
    if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      "$candidate" -m venv .venv-encoder
      break
    fi
  done
  [ -x .venv-encoder/bin/python ] || { echo "Tuning needs Python 3.11 or newer, and none was found." >&2; exit 1; }
  .venv-encoder/bin/pip install --quiet -r scripts/encoder/requirements.txt
fi
tool() {
  # Without these two, half of the time goes into page faults.
  PYTHONPATH=. MALLOC_MMAP_MAX_=0 MALLOC_TRIM_THRESHOLD_=100000000000 .venv-encoder/bin/python "$@"
}
echo "1/4 Reading the examples"
.venv/bin/python -m img_pathway.staff.encoder_examples >"$work/examples.json"
.venv/bin/python -m img_pathway.encoder.base "$work/base"
echo "2/4 Tuning"
tool scripts/encoder/tune.py "$work/examples.json" "$work/base/all-mpnet-base-v2" "$work/tuned.pt"
echo "3/4 Cutting down what was learned"
tool scripts/encoder/compress.py "$work/base/all-mpnet-base-v2" "$work/tuned.pt" img_pathway/encoder
tool scripts/encoder/graph.py img_pathway/encoder/graph.onnx
echo "4/4 Putting the encoder together"
.venv/bin/python -m img_pathway.encoder.assemble
