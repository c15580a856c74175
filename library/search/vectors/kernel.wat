;; The inner loops of vector search, in WebAssembly SIMD. scripts/build-kernel.ts turns this into kernel-bytes.ts.
;; Lengths of codes and rows are multiples of 16 bytes. What the numbers mean: library/search/vector-store.ts.
(module
  (memory (import "engine" "memory") 1)

  ;; Bits set in all of a register of byte counts.
  (func $total (param $counts v128) (result i32)
    (local $words v128)
    (local.set $words (i32x4.extadd_pairwise_i16x8_u (i16x8.extadd_pairwise_i8x16_u (local.get $counts))))
    (i32.add
      (i32.add (i32x4.extract_lane 0 (local.get $words)) (i32x4.extract_lane 1 (local.get $words)))
      (i32.add (i32x4.extract_lane 2 (local.get $words)) (i32x4.extract_lane 3 (local.get $words)))))

  ;; For the first `count` codes: signs that differ from the query's, those where the query's value is a large one
  ;; three times, into `out` (16 bits each) and counted in `histogram`; 65535 for codes that `mask` (a byte each, or
  ;; 0: none) passes over. Eight bytes at a time: counting bits is one instruction there, and ten in SIMD.
  (func (export "scan")
    (param $codes i32) (param $bytes i32) (param $count i32) (param $query i32) (param $large i32)
    (param $mask i32) (param $out i32) (param $histogram i32)
    (local $at i32) (local $p i32) (local $q i32) (local $l i32) (local $end i32) (local $key i32)
    (local $sum i64) (local $more i64) (local $d i64)
    (local $q0 i64) (local $q1 i64) (local $q2 i64) (local $q3 i64) (local $q4 i64) (local $q5 i64) (local $q6 i64) (local $q7 i64)
    (local $l0 i64) (local $l1 i64) (local $l2 i64) (local $l3 i64) (local $l4 i64) (local $l5 i64) (local $l6 i64) (local $l7 i64)
    (if (i32.eq (local.get $bytes) (i32.const 64)) (then
      (local.set $q0 (i64.load offset=0 (local.get $query)))
      (local.set $l0 (i64.load offset=0 (local.get $large)))
      (local.set $q1 (i64.load offset=8 (local.get $query)))
      (local.set $l1 (i64.load offset=8 (local.get $large)))
      (local.set $q2 (i64.load offset=16 (local.get $query)))
      (local.set $l2 (i64.load offset=16 (local.get $large)))
      (local.set $q3 (i64.load offset=24 (local.get $query)))
      (local.set $l3 (i64.load offset=24 (local.get $large)))
      (local.set $q4 (i64.load offset=32 (local.get $query)))
      (local.set $l4 (i64.load offset=32 (local.get $large)))
      (local.set $q5 (i64.load offset=40 (local.get $query)))
      (local.set $l5 (i64.load offset=40 (local.get $large)))
      (local.set $q6 (i64.load offset=48 (local.get $query)))
      (local.set $l6 (i64.load offset=48 (local.get $large)))
      (local.set $q7 (i64.load offset=56 (local.get $query)))
      (local.set $l7 (i64.load offset=56 (local.get $large)))))
    (local.set $p (local.get $codes))
    (block $done
      (loop $next
        (br_if $done (i32.ge_s (local.get $at) (local.get $count)))
        (local.set $key (i32.const 65535))
        (local.set $end (i32.add (local.get $p) (local.get $bytes)))
        (block $passed
          (if (local.get $mask) (then
            (br_if $passed (i32.eqz (i32.load8_u (i32.add (local.get $mask) (local.get $at)))))))
          (local.set $sum (i64.const 0))
          (local.set $more (i64.const 0))
          (if (i32.eq (local.get $bytes) (i32.const 64))
            (then
              (local.set $sum (i64.add (local.get $sum) (i64.popcnt (local.tee $d
                (i64.xor (i64.load offset=0 (local.get $p)) (local.get $q0))))))
              (local.set $more (i64.add (local.get $more) (i64.popcnt (i64.and (local.get $d) (local.get $l0)))))
              (local.set $sum (i64.add (local.get $sum) (i64.popcnt (local.tee $d
                (i64.xor (i64.load offset=8 (local.get $p)) (local.get $q1))))))
              (local.set $more (i64.add (local.get $more) (i64.popcnt (i64.and (local.get $d) (local.get $l1)))))
              (local.set $sum (i64.add (local.get $sum) (i64.popcnt (local.tee $d
                (i64.xor (i64.load offset=16 (local.get $p)) (local.get $q2))))))
              (local.set $more (i64.add (local.get $more) (i64.popcnt (i64.and (local.get $d) (local.get $l2)))))
              (local.set $sum (i64.add (local.get $sum) (i64.popcnt (local.tee $d
                (i64.xor (i64.load offset=24 (local.get $p)) (local.get $q3))))))
              (local.set $more (i64.add (local.get $more) (i64.popcnt (i64.and (local.get $d) (local.get $l3)))))
              (local.set $sum (i64.add (local.get $sum) (i64.popcnt (local.tee $d
                (i64.xor (i64.load offset=32 (local.get $p)) (local.get $q4))))))
              (local.set $more (i64.add (local.get $more) (i64.popcnt (i64.and (local.get $d) (local.get $l4)))))
              (local.set $sum (i64.add (local.get $sum) (i64.popcnt (local.tee $d
                (i64.xor (i64.load offset=40 (local.get $p)) (local.get $q5))))))
              (local.set $more (i64.add (local.get $more) (i64.popcnt (i64.and (local.get $d) (local.get $l5)))))
              (local.set $sum (i64.add (local.get $sum) (i64.popcnt (local.tee $d
                (i64.xor (i64.load offset=48 (local.get $p)) (local.get $q6))))))
              (local.set $more (i64.add (local.get $more) (i64.popcnt (i64.and (local.get $d) (local.get $l6)))))
              (local.set $sum (i64.add (local.get $sum) (i64.popcnt (local.tee $d
                (i64.xor (i64.load offset=56 (local.get $p)) (local.get $q7))))))
              (local.set $more (i64.add (local.get $more) (i64.popcnt (i64.and (local.get $d) (local.get $l7)))))
              )
            (else
              (local.set $q (local.get $query))
              (local.set $l (local.get $large))
              (loop $block
                (local.set $sum (i64.add (local.get $sum) (i64.popcnt (local.tee $d
                  (i64.xor (i64.load (local.get $p)) (i64.load (local.get $q)))))))
                (local.set $more (i64.add (local.get $more) (i64.popcnt
                  (i64.and (local.get $d) (i64.load (local.get $l))))))
                (local.set $p (i32.add (local.get $p) (i32.const 8)))
                (local.set $q (i32.add (local.get $q) (i32.const 8)))
                (local.set $l (i32.add (local.get $l) (i32.const 8)))
                (br_if $block (i32.lt_u (local.get $p) (local.get $end))))))
          (local.set $key (i32.wrap_i64 (i64.add (local.get $sum) (i64.shl (local.get $more) (i64.const 1)))))
          (local.set $q (i32.add (local.get $histogram) (i32.shl (local.get $key) (i32.const 2))))
          (i32.store (local.get $q) (i32.add (i32.load (local.get $q)) (i32.const 1))))
        (i32.store16 (i32.add (local.get $out) (i32.shl (local.get $at) (i32.const 1))) (local.get $key))
        (local.set $p (local.get $end))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br $next))))

  ;; Slots whose key in `keys` lies in low..high, into `into`, at the most `most`. `count` is a multiple of 8.
  (func (export "collect")
    (param $keys i32) (param $count i32) (param $low i32) (param $high i32) (param $into i32) (param $most i32)
    (result i32)
    (local $slot i32) (local $lane i32) (local $key i32) (local $found i32) (local $p i32)
    (local $lows v128) (local $highs v128) (local $here v128)
    (local.set $lows (i16x8.splat (local.get $low)))
    (local.set $highs (i16x8.splat (local.get $high)))
    (block $done
      (loop $next
        (br_if $done (i32.ge_s (local.get $slot) (local.get $count)))
        (local.set $p (i32.add (local.get $keys) (i32.shl (local.get $slot) (i32.const 1))))
        (local.set $here (v128.load (local.get $p)))
        (if (v128.any_true (v128.and
              (i16x8.ge_u (local.get $here) (local.get $lows))
              (i16x8.le_u (local.get $here) (local.get $highs))))
          (then
            (local.set $lane (i32.const 0))
            (loop $lanes
              (local.set $key (i32.load16_u (i32.add (local.get $p) (i32.shl (local.get $lane) (i32.const 1)))))
              (if (i32.and (i32.ge_u (local.get $key) (local.get $low)) (i32.le_u (local.get $key) (local.get $high)))
                (then
                  (br_if $done (i32.ge_s (local.get $found) (local.get $most)))
                  (i32.store (i32.add (local.get $into) (i32.shl (local.get $found) (i32.const 2)))
                    (i32.add (local.get $slot) (local.get $lane)))
                  (local.set $found (i32.add (local.get $found) (i32.const 1)))))
              (local.set $lane (i32.add (local.get $lane) (i32.const 1)))
              (br_if $lanes (i32.lt_s (local.get $lane) (i32.const 8))))))
        (local.set $slot (i32.add (local.get $slot) (i32.const 8)))
        (br $next)))
    (local.get $found))

  ;; For each of `count` slots the inner product of the query with what the two bits of each dimension stand for:
  ;; sign, and whether it is a large value. The query's steps come as six planes of bits (least first).
  ;; out = scale * (step * (2 small U(S) - small U + spread (2 U(SM) - U(M)))
  ;;              + lowest * (small (2 |S| - D) + spread (2 |SM| - |M|)))
  (func (export "estimate")
    (param $signs i32) (param $large i32) (param $bytes i32) (param $slots i32) (param $count i32)
    (param $planes i32) (param $scales i32) (param $out i32)
    (param $small f32) (param $spread f32) (param $step f32) (param $lowest f32) (param $sum f32) (param $dims f32)
    (local $i i32) (local $slot i32) (local $s i32) (local $m i32) (local $at i32) (local $plane i32) (local $q i32)
    (local $sbits v128) (local $mbits v128) (local $cs v128) (local $cm v128) (local $cb v128) (local $qbits v128)
    (local $us i32) (local $um i32) (local $ub i32) (local $ns i32) (local $nm i32) (local $nb i32)
    (block $done
      (loop $next
        (br_if $done (i32.ge_s (local.get $i) (local.get $count)))
        (local.set $slot (i32.load (i32.add (local.get $slots) (i32.shl (local.get $i) (i32.const 2)))))
        (local.set $s (i32.add (local.get $signs) (i32.mul (local.get $slot) (local.get $bytes))))
        (local.set $m (i32.add (local.get $large) (i32.mul (local.get $slot) (local.get $bytes))))
        (local.set $us (i32.const 0)) (local.set $um (i32.const 0)) (local.set $ub (i32.const 0))
        (local.set $plane (i32.const 0))
        (local.set $q (local.get $planes))
        (loop $each
          (local.set $cs (v128.const i32x4 0 0 0 0))
          (local.set $cm (local.get $cs)) (local.set $cb (local.get $cs))
          (local.set $at (i32.const 0))
          (loop $block
            (local.set $sbits (v128.load (i32.add (local.get $s) (local.get $at))))
            (local.set $mbits (v128.load (i32.add (local.get $m) (local.get $at))))
            (local.set $qbits (v128.load (local.get $q)))
            (local.set $cs (i8x16.add (local.get $cs)
              (i8x16.popcnt (v128.and (local.get $qbits) (local.get $sbits)))))
            (local.set $qbits (v128.and (local.get $qbits) (local.get $mbits)))
            (local.set $cm (i8x16.add (local.get $cm) (i8x16.popcnt (local.get $qbits))))
            (local.set $cb (i8x16.add (local.get $cb)
              (i8x16.popcnt (v128.and (local.get $qbits) (local.get $sbits)))))
            (local.set $q (i32.add (local.get $q) (i32.const 16)))
            (local.set $at (i32.add (local.get $at) (i32.const 16)))
            (br_if $block (i32.lt_u (local.get $at) (local.get $bytes))))
          ;; The seventh plane has every bit: it counts the codes themselves.
          (if (i32.eq (local.get $plane) (i32.const 6))
            (then
              (local.set $ns (call $total (local.get $cs)))
              (local.set $nm (call $total (local.get $cm)))
              (local.set $nb (call $total (local.get $cb))))
            (else
              (local.set $us (i32.add (local.get $us)
                (i32.shl (call $total (local.get $cs)) (local.get $plane))))
              (local.set $um (i32.add (local.get $um)
                (i32.shl (call $total (local.get $cm)) (local.get $plane))))
              (local.set $ub (i32.add (local.get $ub)
                (i32.shl (call $total (local.get $cb)) (local.get $plane))))))
          (local.set $plane (i32.add (local.get $plane) (i32.const 1)))
          (br_if $each (i32.le_s (local.get $plane) (i32.const 6))))
        (f32.store (i32.add (local.get $out) (i32.shl (local.get $i) (i32.const 2)))
          (f32.mul
            (f32.load (i32.add (local.get $scales) (i32.shl (local.get $slot) (i32.const 2))))
            (f32.add
              (f32.mul (local.get $step) (f32.add
                (f32.mul (local.get $small)
                  (f32.sub (f32.convert_i32_s (i32.shl (local.get $us) (i32.const 1))) (local.get $sum)))
                (f32.mul (local.get $spread)
                  (f32.convert_i32_s (i32.sub (i32.shl (local.get $ub) (i32.const 1)) (local.get $um))))))
              (f32.mul (local.get $lowest) (f32.add
                (f32.mul (local.get $small)
                  (f32.sub (f32.convert_i32_s (i32.shl (local.get $ns) (i32.const 1))) (local.get $dims)))
                (f32.mul (local.get $spread)
                  (f32.convert_i32_s (i32.sub (i32.shl (local.get $nb) (i32.const 1)) (local.get $nm)))))))))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $next))))

  ;; Inner products of a query of 16-bit steps with `count` rows: a float scale, 12 bytes, `bytes` of 16-bit steps.
  (func (export "dot")
    (param $rows i32) (param $count i32) (param $bytes i32) (param $query i32) (param $out i32) (param $scale f32)
    (local $p i32) (local $q i32) (local $end i32) (local $sum v128) (local $into i32)
    (local.set $into (local.get $out))
    (block $done
      (loop $next
        (br_if $done (i32.le_s (local.get $count) (i32.const 0)))
        (local.set $sum (v128.const i32x4 0 0 0 0))
        (local.set $p (i32.add (local.get $rows) (i32.const 16)))
        (local.set $end (i32.add (local.get $p) (local.get $bytes)))
        (local.set $q (local.get $query))
        (loop $block
          (local.set $sum (i32x4.add (local.get $sum) (i32x4.add
            (i32x4.dot_i16x8_s (v128.load (local.get $p)) (v128.load (local.get $q)))
            (i32x4.dot_i16x8_s (v128.load offset=16 (local.get $p)) (v128.load offset=16 (local.get $q))))))
          (local.set $p (i32.add (local.get $p) (i32.const 32)))
          (local.set $q (i32.add (local.get $q) (i32.const 32)))
          (br_if $block (i32.lt_u (local.get $p) (local.get $end))))
        (f32.store (local.get $into)
          (f32.mul (f32.mul (local.get $scale) (f32.load (local.get $rows)))
            (f32.convert_i32_s (i32.add
              (i32.add (i32x4.extract_lane 0 (local.get $sum)) (i32x4.extract_lane 1 (local.get $sum)))
              (i32.add (i32x4.extract_lane 2 (local.get $sum)) (i32x4.extract_lane 3 (local.get $sum)))))))
        (local.set $into (i32.add (local.get $into) (i32.const 4)))
        (local.set $rows (local.get $end))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br $next)))))
